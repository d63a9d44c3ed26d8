import type { IncomingHttpHeaders } from 'node:http';

const SECRET_HEADERS = new Set(['x-rapidapi-key', 'authorization', 'cookie']);
/** Both names that clients of SaveNow give to the key. */
const SECRET_PARAMETERS = new Set(['apikey', 'api']);

const MASK = '••••';
/** Of a shorter secret the end would give away too much. */
const SHOWN_FROM_LENGTH = 12;

export function maskedHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      const text = String(value);
      return [name, SECRET_HEADERS.has(name) ? maskHeader(text) : text];
    }),
  );
}

export function maskedQuery(query: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => [name, SECRET_PARAMETERS.has(name) ? mask(String(value)) : value]),
  );
}

/** A scheme such as `Bearer` stays. */
const maskHeader = (value: string): string => value.replace(/\S+$/, mask);

const mask = (secret: string): string => MASK + (secret.length >= SHOWN_FROM_LENGTH ? secret.slice(-4) : '');
