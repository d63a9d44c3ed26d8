import { badRequest, type BotApiError } from '../errors.js';
import type { MessageEntity } from '../types.js';
import { byPosition } from './detect-entities.js';

const TYPE_OF_TAG: Readonly<Record<string, string>> = {
  a: 'text_link',
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  span: 'spoiler',
  'tg-spoiler': 'spoiler',
  'tg-emoji': 'custom_emoji',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
};

const CHARACTERS: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' };

interface OpenTag {
  name: string;
  attributes: Map<string, string>;
  offset: number;
}

/**
 * Telegram's HTML mode, with its error texts: a closed list of tags, which must nest; of named character references
 * only four are known, anything else that starts with `&` is plain text.
 */
export function parseHtml(html: string): { text: string; entities: MessageEntity[] } {
  let text = '';
  const entities: MessageEntity[] = [];
  const open: OpenTag[] = [];
  let at = 0;
  while (at < html.length) {
    if (html[at] !== '<') {
      const end = html.indexOf('<', at);
      text += decodeReferences(html.slice(at, end < 0 ? html.length : end));
      at = end < 0 ? html.length : end;
      continue;
    }
    const close = closingBracket(html, at);
    const inside = html.slice(at + 1, close);
    if (inside.startsWith('/')) {
      const tag = endTag(inside.slice(1).trim().toLowerCase(), open, html, at);
      if (text.length > tag.offset) addEntity(entities, tag, text);
    } else {
      open.push(startTag(inside, text.length, html, at));
    }
    at = close + 1;
  }
  const unclosed = open.at(-1);
  if (unclosed) throw unparsable(`Can't find end tag corresponding to start tag "${unclosed.name}"`);
  return { text, entities: entities.map(withoutStrayLanguage).sort(byPosition) };
}

/** Position of the `>` that ends the tag begun at `at`; one inside a quoted attribute does not count. */
function closingBracket(html: string, at: number): number {
  const [tag] = /^<(?:"[^"]*"|'[^']*'|[^>"'])*>/.exec(html.slice(at)) ?? [];
  if (!tag) {
    const kind = html[at + 1] === '/' ? 'end' : 'start';
    throw unparsable(`Unclosed ${kind} tag at byte offset ${byteOffset(html, at)}`);
  }
  return at + tag.length - 1;
}

function startTag(inside: string, offset: number, html: string, at: number): OpenTag {
  const name = (/^[^\s]*/.exec(inside)?.[0] ?? '').toLowerCase();
  if (!(name in TYPE_OF_TAG)) {
    throw unparsable(`Unsupported start tag "${name}" at byte offset ${byteOffset(html, at)}`);
  }
  const attributes = new Map<string, string>();
  for (const match of inside.slice(name.length).matchAll(/([^\s=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s]+))?/g)) {
    attributes.set(match[1] ?? '', decodeReferences((match[2] ?? '').replace(/^(["'])(.*)\1$/s, '$2')));
  }
  if (name === 'span' && attributes.get('class') !== 'tg-spoiler') {
    throw unparsable(`Tag "span" must have class "tg-spoiler" at byte offset ${byteOffset(html, at)}`);
  }
  return { name, attributes, offset };
}

function endTag(name: string, open: OpenTag[], html: string, at: number): OpenTag {
  const tag = open.pop();
  if (!tag) throw unparsable(`Unexpected end tag at byte offset ${byteOffset(html, at)}`);
  if (name !== '' && name !== tag.name) {
    throw unparsable(
      `Unmatched end tag at byte offset ${byteOffset(html, at)}, expected "</${tag.name}>", found "</${name}>"`,
    );
  }
  return tag;
}

function addEntity(entities: MessageEntity[], tag: OpenTag, text: string): void {
  const entity: MessageEntity = {
    type: TYPE_OF_TAG[tag.name] ?? tag.name,
    offset: tag.offset,
    length: text.length - tag.offset,
  };
  const language = tag.attributes.get('class')?.replace(/^language-/, '');
  const inner = entities.at(-1);
  if (tag.name === 'a') {
    const url = tag.attributes.get('href') ?? text.slice(tag.offset);
    if (URL.canParse(url)) entities.push({ ...entity, url });
  } else if (tag.name === 'tg-emoji') {
    entities.push({ ...entity, custom_emoji_id: tag.attributes.get('emoji-id') });
  } else if (tag.name === 'blockquote' && tag.attributes.has('expandable')) {
    entities.push({ ...entity, type: 'expandable_blockquote' });
  } else if (tag.name === 'pre' && inner?.type === 'code' && isSameRange(inner, entity)) {
    entities[entities.length - 1] = { ...inner, type: 'pre' };
  } else if (tag.name === 'code' && language) {
    entities.push({ ...entity, language });
  } else {
    entities.push(entity);
  }
}

/** Only a block of code has a language. */
const withoutStrayLanguage = (entity: MessageEntity): MessageEntity =>
  entity.type === 'code' ? { ...entity, language: undefined } : entity;

const isSameRange = (a: MessageEntity, b: MessageEntity): boolean => a.offset === b.offset && a.length === b.length;

function decodeReferences(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(lt|gt|amp|quot));/gi, (whole, decimal, hex, name) => {
    if (typeof name === 'string') return CHARACTERS[name.toLowerCase()] ?? whole;
    const code = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

const byteOffset = (html: string, at: number): number => Buffer.byteLength(html.slice(0, at));

const unparsable = (why: string): BotApiError => badRequest(`can't parse entities: ${why}`);
