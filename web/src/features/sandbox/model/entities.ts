import type { TgEntity } from './bot-api';

export type TextNode = { kind: 'text'; text: string } | { kind: 'entity'; entity: TgEntity; children: TextNode[] };

/**
 * Turns Telegram's flat list of entities into a tree. Entities may nest and may come in any order;
 * one that sticks out of its parent, or of the text, is cut to what lies inside.
 */
export function splitEntities(text: string, entities: readonly TgEntity[]): TextNode[] {
  const sorted = entities
    .filter((entity) => entity.length > 0)
    .sort((a, b) => a.offset - b.offset || b.length - a.length);
  return nodesBetween(text, 0, text.length, sorted);
}

function nodesBetween(text: string, start: number, end: number, entities: TgEntity[]): TextNode[] {
  const nodes: TextNode[] = [];
  let position = start;
  let index = 0;
  for (let entity = entities[index]; entity; entity = entities[index]) {
    const from = entity.offset;
    const to = Math.min(entity.offset + entity.length, end);
    index += 1;
    if (from >= to) continue;
    const inner: TgEntity[] = [];
    for (let next = entities[index]; next && next.offset < to; next = entities[index]) {
      inner.push(next);
      index += 1;
    }
    if (from > position) nodes.push({ kind: 'text', text: text.slice(position, from) });
    nodes.push({ kind: 'entity', entity, children: nodesBetween(text, from, to, inner) });
    position = to;
  }
  if (position < end) nodes.push({ kind: 'text', text: text.slice(position, end) });
  return nodes;
}

const SAFE_PROTOCOLS = new Set(['http:', 'https:', 'mailto:', 'tel:', 'tg:']);

/** Address of a link entity, or null where a browser should not follow it (`javascript:` and the like). */
export function hrefOf(entity: TgEntity, text: string): string | null {
  if (entity.type === 'email') return `mailto:${text}`;
  if (entity.type === 'phone_number') return `tel:${text.replaceAll(/[^\d+]/g, '')}`;
  if (entity.type === 'mention') return `https://t.me/${text.replace(/^@/, '')}`;
  const address = entity.url ?? text;
  return safeUrl(/^[a-z][a-z\d+.-]*:/i.test(address) ? address : `http://${address}`);
}

export const safeUrl = (address: string): string | null =>
  URL.canParse(address) && SAFE_PROTOCOLS.has(new URL(address).protocol) ? address : null;
