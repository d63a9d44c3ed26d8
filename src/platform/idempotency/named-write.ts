import { createHash } from 'node:crypto';
import type { Request } from 'express';
import { principalOf } from '../auth/principal.js';
import { InvalidRequest } from '../errors/invalid-request.js';
import type { NamedWrite } from './idempotency-keys.js';

const HEADER = 'Idempotency-Key';
const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
const LONGEST_KEY = 255;

/**
 * The write a request names, or undefined: it is no write, has no key, or comes from nobody we know, whose answer
 * must not be given to another.
 */
export function namedWrite(request: Request): NamedWrite | undefined {
  const key = request.get(HEADER);
  const caller = principalOf(request);
  if (key === undefined || !caller || !WRITES.has(request.method)) return undefined;
  if (key === '' || key.length > LONGEST_KEY) {
    throw new InvalidRequest([{ field: HEADER, message: `must have 1 to ${LONGEST_KEY} characters` }]);
  }
  const { path } = request.route as { path: string };
  const sent = JSON.stringify([request.originalUrl, request.body ?? null]);
  return {
    caller: caller.id,
    route: `${request.method} ${path}`,
    key,
    requestHash: createHash('sha256').update(sent).digest('base64url'),
  };
}
