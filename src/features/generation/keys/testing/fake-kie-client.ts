import type { GenerationError } from '../../kie/error-class.js';
import { KieClient, type Answer, type CreateAnswer, type KieKey, type TaskRecord } from '../../kie/kie-client.js';

export const kieError = (fields: Partial<GenerationError> = {}): GenerationError => ({
  class: 'TEMPORARY',
  detail: null,
  code: '500',
  message: 'Internal Error, Please try again later.',
  retryAfterSec: null,
  ...fields,
});

export const refusedKey = kieError({
  class: 'CONFIG',
  detail: 'key_invalid',
  code: '401',
  message: 'You do not have access permissions',
});

/** KIE as far as keys are concerned: accounts with balances, and keys that it does not know. */
export class FakeKieClient extends KieClient {
  /** By API key; one that is not here is refused. */
  readonly balances = new Map<string, number | GenerationError>();
  /** API keys, as they have asked. */
  readonly asked: string[] = [];

  credit({ apiKey }: KieKey): Promise<Answer<number>> {
    this.asked.push(apiKey);
    const known = this.balances.get(apiKey) ?? refusedKey;
    return Promise.resolve(typeof known === 'number' ? { ok: true, value: known } : { ok: false, error: known });
  }

  createTask(): Promise<CreateAnswer> {
    return Promise.reject(new Error('Keys make no tasks'));
  }

  recordInfo(): Promise<Answer<TaskRecord>> {
    return Promise.reject(new Error('Keys look at no tasks'));
  }

  upload(): Promise<Answer<string>> {
    return Promise.reject(new Error('Keys upload nothing'));
  }
}
