import type { HttpClient } from '../../../../platform/http/index.js';
import { CredentialRefused, type Identity } from '../platform.js';
import { ask, type Question } from './ask.js';
import type { JsonObject } from './json.js';
import { PlatformUnavailable } from './platform-unavailable.js';

/** Why a platform does not take the token, in a word; null when it is not the token that it dislikes. */
export type Refusal = (status: number, json: JsonObject) => string | null;

/**
 * Asks a platform who a token belongs to.
 * @throws CredentialRefused; PlatformUnavailable; NetworkError
 */
export async function whoAmI(
  http: HttpClient,
  question: Question,
  refusal: Refusal = unauthorized,
): Promise<JsonObject> {
  const { host, status, json } = await ask(http, question);
  const reason = refusal(status, json ?? {});
  if (reason !== null) throw new CredentialRefused(reason);
  if (status > 299) throw new PlatformUnavailable(host, `answered ${status}`);
  if (json === null) throw new PlatformUnavailable(host, 'answered something else than JSON');
  return json;
}

export const unauthorized: Refusal = (status) => (status === 401 ? 'unauthorized' : null);

/**
 * What a platform says of an account; the first name that is there counts.
 * @throws PlatformUnavailable when it does not say which account it is
 */
export function identityOf(url: string, id: string | null, ...names: (string | null)[]): Identity {
  if (id === null) throw new PlatformUnavailable(new URL(url).host, 'does not say whose token it is');
  return { externalId: id, name: names.find((name) => name !== null) ?? id };
}
