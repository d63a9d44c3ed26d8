import type { CallbackQuery } from './oauth.service.js';

/** A parameter that is there twice is none: RFC 6749 forbids it, and who knows which one was meant. */
export function callbackQuery(query: Readonly<Record<string, unknown>>): CallbackQuery {
  const single = Object.entries(query).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries(single);
}
