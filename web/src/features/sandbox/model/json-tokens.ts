export interface JsonToken {
  kind: 'key' | 'string' | 'number' | 'word' | 'plain';
  text: string;
}

/** In this order: a string with the colon that makes it a key, a number, true / false / null. */
const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|\b(true|false|null)\b/g;

/** Cuts pretty-printed JSON into what deserves a colour of its own; joined again they are the same text. */
export function tokenizeJson(json: string): JsonToken[] {
  const tokens: JsonToken[] = [];
  let end = 0;
  for (const match of json.matchAll(TOKEN)) {
    if (match.index > end) tokens.push({ kind: 'plain', text: json.slice(end, match.index) });
    const [whole, string, colon, number] = match;
    if (string === undefined) tokens.push({ kind: number === undefined ? 'word' : 'number', text: whole });
    else if (colon === undefined) tokens.push({ kind: 'string', text: string });
    else tokens.push({ kind: 'key', text: string }, { kind: 'plain', text: colon });
    end = match.index + whole.length;
  }
  if (end < json.length) tokens.push({ kind: 'plain', text: json.slice(end) });
  return tokens;
}
