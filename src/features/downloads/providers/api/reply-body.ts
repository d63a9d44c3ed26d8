import { apiShapeError, apiStatusError } from '../../errors/api-errors.js';
import type { ApiReply } from './ask-api.js';
import type { JsonObject } from './json.js';
import { quotaIn } from './quota.js';

/**
 * The body of an answer with the status 2xx; whether it tells of success is another question.
 * @throws ProviderError for all other answers
 */
export function bodyOf(reply: ApiReply, now: Date): JsonObject {
  if (reply.status < 200 || reply.status > 299) {
    throw apiStatusError(reply, now, quotaIn(reply.headers, now)?.resetAt ?? null);
  }
  if (reply.json === null) throw apiShapeError(reply, 'something else than JSON');
  return reply.json;
}
