import type { MessageEntity } from '../types.js';

const BARE_DOMAINS = 'com|net|org|io|me|tv|ru|be|it|app|dev|to|cc|gg|ly|video';

const PATTERNS: readonly (readonly [type: string, pattern: RegExp])[] = [
  ['url', /\bhttps?:\/\/[^\s<>"]+/giu],
  ['email', /[\w.+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}/giu],
  [
    'url',
    new RegExp(`(?<![\\w@/.-])(?:[a-z0-9-]+\\.)+(?:${BARE_DOMAINS})(?![\\w.-]*@)(?:/[^\\s<>"]*|(?![\\w-]))`, 'giu'),
  ],
  ['bot_command', /(?<![\w/])\/[a-z0-9_]{1,64}(?:@\w{4,32})?(?![\w/])/giu],
  ['mention', /(?<![\w@])@[a-z]\w{3,31}/giu],
  ['hashtag', /(?<![\p{L}\d_#])#[\p{L}\d_]*\p{L}[\p{L}\d_]*/gu],
];

/** What Telegram finds in a text by itself, beside the entities that are there already. */
export function detectEntities(text: string, given: readonly MessageEntity[] = []): MessageEntity[] {
  const found: MessageEntity[] = [];
  // Formatting may lie over a link, but neither code nor another link may.
  const taken = given.filter(({ type }) => ['code', 'pre', 'text_link', 'url'].includes(type));
  for (const [type, pattern] of PATTERNS) {
    for (const match of text.matchAll(pattern)) {
      const length = type === 'url' ? withoutTrailingPunctuation(match[0]).length : match[0].length;
      const entity = { type, offset: match.index, length };
      if (![...taken, ...found].some((other) => overlap(other, entity))) found.push(entity);
    }
  }
  return found;
}

export const byPosition = (a: MessageEntity, b: MessageEntity): number => a.offset - b.offset || b.length - a.length;

const withoutTrailingPunctuation = (url: string): string => url.replace(/[.,!?;:'"»)\]}]+$/u, '');

const overlap = (a: MessageEntity, b: MessageEntity): boolean =>
  a.offset < b.offset + b.length && b.offset < a.offset + a.length;
