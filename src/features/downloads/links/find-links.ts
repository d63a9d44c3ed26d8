/** The part of Telegram's MessageEntity that matters here; offsets are UTF-16 units, like JavaScript's. */
export interface TextEntity {
  type: string;
  offset: number;
  length: number;
  url?: string;
}

interface FoundLink {
  from: number;
  to: number;
  href: string;
}

const WRITTEN_OUT = /https?:\/\/[^\s<>"«»“”]+/giu;
const TRAILING_PUNCTUATION = /[.,;:!?'’…`\]}]+$/u;

/**
 * Every http(s) link of a message, in order, each once. Telegram's marks come first, for they alone know links behind
 * words and bare domains; addresses that Telegram left unmarked (in code blocks, in forwarded captions) are found too.
 */
export function findLinks(text: string, entities: readonly TextEntity[] = []): string[] {
  const marked = entities.flatMap((entity) => fromEntity(text, entity) ?? []);
  const unmarked = writtenOut(text).filter((link) => !marked.some((other) => overlap(link, other)));
  const inOrder = [...marked, ...unmarked].sort((a, b) => a.from - b.from);
  return [...new Set(inOrder.map((link) => link.href).filter(isWebAddress))];
}

function fromEntity(text: string, entity: TextEntity): FoundLink | null {
  const from = entity.offset;
  const to = from + entity.length;
  if (entity.type === 'text_link') return { from, to, href: entity.url ?? '' };
  if (entity.type === 'url') return { from, to, href: withScheme(text.slice(from, to)) };
  return null;
}

function withScheme(address: string): string {
  return /^[a-z][a-z\d+.-]*:\/\//i.test(address) ? address : `https://${address}`;
}

function writtenOut(text: string): FoundLink[] {
  return [...text.matchAll(WRITTEN_OUT)].map((match) => {
    const href = withoutPunctuation(match[0]);
    return { from: match.index, to: match.index + href.length, href };
  });
}

/** A closing bracket belongs to the address only when its opening one does. */
function withoutPunctuation(address: string): string {
  const trimmed = address.replace(TRAILING_PUNCTUATION, '');
  const unbalanced = trimmed.endsWith(')') && count(trimmed, ')') > count(trimmed, '(');
  const rest = unbalanced ? trimmed.slice(0, -1) : trimmed;
  return rest === address ? rest : withoutPunctuation(rest);
}

const count = (text: string, character: string) => text.split(character).length - 1;

const overlap = (a: FoundLink, b: FoundLink) => a.from < b.to && b.from < a.to;

const isWebAddress = (href: string) => /^https?:\/\//i.test(href) && URL.canParse(href);
