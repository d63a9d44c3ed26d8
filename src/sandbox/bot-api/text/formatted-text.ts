import { badRequest } from '../errors.js';
import { isRecord, type Params } from '../params.js';
import type { MessageEntity } from '../types.js';
import { byPosition, detectEntities } from './detect-entities.js';
import { parseHtml } from './html.js';

export interface FormattedText {
  text: string;
  entities: MessageEntity[];
}

/** The text of `name` as Telegram keeps it: markup read, blanks at the ends cut, links and commands found. */
export function formattedText(params: Params, name: string, entitiesName: string): FormattedText {
  const source = params.text(name) ?? '';
  const { text, entities } = trimmed(parse(source, params, entitiesName));
  return { text, entities: [...entities, ...detectEntities(text, entities)].sort(byPosition) };
}

function parse(source: string, params: Params, entitiesName: string): FormattedText {
  const mode = params.text('parse_mode')?.toLowerCase();
  if (mode === undefined || mode === 'none') return { text: source, entities: givenEntities(params, entitiesName) };
  if (mode === 'html') return parseHtml(source);
  if (mode === 'markdown' || mode === 'markdownv2') throw badRequest('the sandbox knows only parse_mode HTML');
  throw badRequest('unsupported parse_mode');
}

function givenEntities(params: Params, name: string): MessageEntity[] {
  return (params.list(name) ?? []).filter(
    (entity): entity is Record<string, unknown> & MessageEntity =>
      isRecord(entity) &&
      typeof entity.type === 'string' &&
      typeof entity.offset === 'number' &&
      typeof entity.length === 'number',
  );
}

function trimmed({ text, entities }: FormattedText): FormattedText {
  const start = text.length - text.trimStart().length;
  const kept = text.trim();
  return {
    text: kept,
    entities: entities
      .map((entity) => {
        const from = Math.max(entity.offset - start, 0);
        const to = Math.min(entity.offset + entity.length - start, kept.length);
        return { ...entity, offset: from, length: to - from };
      })
      .filter((entity) => entity.length > 0),
  };
}
