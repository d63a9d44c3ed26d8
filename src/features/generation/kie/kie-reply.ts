import type { HttpResponse } from '../../../platform/http/index.js';
import { type JsonObject, numberOf, objectOf, textOf } from './json.js';

/** What stands before KIE says in a line of plain text. */
const LONGEST_PLAIN_TEXT = 200;

/** An answer in its two layers: HTTP's status, and the envelope in its body. */
export interface KieReply {
  httpStatus: number;
  headers: Readonly<Record<string, string>>;
  /** null: it is no JSON, so it does not come from KIE itself. */
  body: JsonObject | null;
  /** Of the body. */
  code: number | null;
  words: string | null;
  data: unknown;
}

export function readReply({ status, headers, body }: HttpResponse): KieReply {
  const text = body.toString('utf8');
  const json = objectOf(text);
  return {
    httpStatus: status,
    headers,
    body: json,
    code: numberOf(json?.code),
    words: json ? wordsOf(json) : plainWordsOf(text),
    data: json?.data,
  };
}

/** Both layers must say so. Whoever is told his data may believe them all the same. */
export function isSuccess({ httpStatus, code, body }: KieReply): boolean {
  return httpStatus >= 200 && httpStatus <= 299 && body !== null && (code ?? 200) === 200;
}

function wordsOf(json: JsonObject): string | null {
  return textOf(json.msg) ?? textOf(json.message) ?? textOf(json.error);
}

/** Pages are left alone: they have words of everything in them. */
function plainWordsOf(text: string): string | null {
  const line = text.trim();
  return line.length > LONGEST_PLAIN_TEXT || line.startsWith('<') ? null : textOf(line);
}
