import { stripVTControlCharacters } from 'node:util';

const MAX_LENGTH = 300;
const ADDRESS = /(https?:\/\/)(?:[^\s/@'"]+@)?([^\s?#'"<>)\]]+)(?:[?#][^\s'"<>)\]]*)?/gi;
const NAMED_SECRET =
  /\b((?:x-)?(?:rapid)?api[-_]?key|access[-_]?token|token|authorization|cookie|password|secret|signature|sig)(["']?\s*[:=]\s*["']?)(?:(?:bearer|basic)\s+)?[^\s"',;&]+/gi;
const BEARER = /\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi;
/** A NUL among them no database takes. */
const CONTROL = /\p{Cc}+/gu;
const BOT_TOKEN = /\d{6,}:[\w-]{30,}/g;

/** What may be shown and kept of an outside message: one line without colours, secrets and query strings, cut to 300 characters. */
export function redact(message: string): string {
  const line = stripVTControlCharacters(message)
    .replace(CONTROL, ' ')
    .replace(BOT_TOKEN, '•••')
    .replace(ADDRESS, '$1$2')
    .replace(NAMED_SECRET, '$1$2•••')
    .replace(BEARER, '$1 •••')
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > MAX_LENGTH ? `${line.slice(0, MAX_LENGTH - 1)}…` : line;
}
