import type { IncomingHttpHeaders } from 'node:http';
import { isRecord } from '../bot-api/params.js';

const SECRET_HEADERS = new Set(['x-rapidapi-key', 'authorization', 'cookie']);
const SECRET_FIELDS = new Set([
  // Both names that clients of SaveNow give to the key.
  'apikey',
  'api',
  'client_secret',
  'code',
  'code_verifier',
  'access_token',
  'refresh_token',
  'id_token',
  'token',
]);

const MASK = '••••';
/** Of a shorter secret the end would give away too much. */
const SHOWN_FROM_LENGTH = 12;

const LONGEST_TEXT = 40_000;
const SHOWN_OF_LONG = 100;

export function maskedHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      const text = String(value);
      return [name, SECRET_HEADERS.has(name) ? maskHeader(text) : text];
    }),
  );
}

/** Of a query, a form or a JSON object; whatever else it is stays as it is. A number is no secret: `code` is the name of errors, too. */
export function maskedFields(fields: Record<string, unknown>): Record<string, unknown>;
export function maskedFields(fields: unknown): unknown;
export function maskedFields(fields: unknown): unknown {
  if (!isRecord(fields)) return fields;
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, isSecret(name, value) ? mask(String(value)) : value]),
  );
}

/** Without what would fill the memory, such as pictures that come as text: its beginning and its length are left. */
export function shortened(value: unknown): unknown {
  if (typeof value === 'string') {
    return value.length > LONGEST_TEXT ? `${value.slice(0, SHOWN_OF_LONG)}… (${value.length} characters)` : value;
  }
  if (Array.isArray(value)) return value.map(shortened);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, shortened(field)]));
}

const isSecret = (name: string, value: unknown): boolean => SECRET_FIELDS.has(name) && typeof value !== 'number';

/** A scheme such as `Bearer` stays. */
const maskHeader = (value: string): string => value.replace(/\S+$/, mask);

export const mask = (secret: string): string => MASK + (secret.length >= SHOWN_FROM_LENGTH ? secret.slice(-4) : '');
