import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { GenerationError } from '../kie/error-class.js';
import type { KieKey } from '../kie/kie-client.js';
import { isUsable, restOf } from './choose-key.js';
import { KeyAlerts } from './key-alerts.js';
import { KeySafe } from './key-safe.js';
import { KeysRepository, type KeyRow } from './keys.repository.js';
import { restAfter, verdictOf } from './verdict.js';

const BILLING_HOURS = 24;
/** The last healthy account never rests longer: until then nobody would be served. */
const LAST_REST_SEC = 60;

/** What the answers of KIE do to keys and their accounts. */
@Injectable()
export class KeyHealth {
  constructor(
    private readonly database: Database,
    private readonly keys: KeysRepository,
    private readonly safe: KeySafe,
    private readonly alerts: KeyAlerts,
  ) {}

  /** After the ambient transaction, if there is one: it may hold rows that others have who wait for ours. */
  async answered(key: KieKey, error: GenerationError | null): Promise<void> {
    await this.database.afterCommit(() => (error ? this.failed(key, error) : this.succeeded(key)));
  }

  /** Whose block has ended comes back, and somebody soon does. */
  async settle(): Promise<void> {
    await this.database.transaction(async () => {
      await this.keys.lockAll();
      await this.keys.comeBack();
      await this.easeTheLast();
    });
  }

  private async succeeded({ account }: KieKey): Promise<void> {
    if (!(await this.keys.hasRested(account))) return;
    await this.database.transaction(async () => {
      await this.keys.lockAll();
      await this.keys.forgetRests(account);
    });
  }

  private async failed(key: KieKey, error: GenerationError): Promise<void> {
    const verdict = verdictOf(error);
    if (verdict === 'none') return;
    if (verdict === 'failure') return this.keys.countFailure(key.id);
    await this.database.transaction(async () => {
      const all = await this.keys.lockAll();
      const row = all.find(({ id }) => id === key.id);
      if (!row) return;
      await this.keys.countFailure(row.id);
      if (verdict === 'invalid') await this.invalidate(row, key, error);
      else if (verdict === 'rest') await this.rest(row, error, all);
      else await this.blockForMoney(verdict === 'key_broke' ? [row] : ofAccount(row, all), error);
      await this.easeTheLast();
    });
    if (verdict !== 'rest') await this.alerts.check();
  }

  /** Not when the operator has meanwhile put another key there. */
  private async invalidate(row: KeyRow, { apiKey }: KieKey, { message }: GenerationError): Promise<void> {
    if (this.safe.open(row) === apiKey) await this.keys.invalidate(row.id, message);
  }

  private async blockForMoney(rows: KeyRow[], { message }: GenerationError): Promise<void> {
    await this.keys.blockForMoney(
      rows.map(({ id }) => id),
      BILLING_HOURS,
      message,
    );
  }

  /** Calls that were on their way when the account began to rest are refused as well: they are no further 429 in a row. */
  private async rest({ account }: KeyRow, { message, retryAfterSec }: GenerationError, all: KeyRow[]): Promise<void> {
    const before = Math.max(...all.filter((key) => key.account === account).map(({ rateLimits }) => rateLimits));
    const rests = restOf(account, all) > 0;
    const seconds = rests ? (retryAfterSec ?? 0) : restAfter(before, retryAfterSec);
    await this.keys.rest(account, seconds, rests ? before : before + 1, message);
  }

  private async easeTheLast(): Promise<void> {
    const keys = await this.keys.all();
    const accounts = new Set(keys.filter(isUsable).map(({ account }) => account));
    const [first] = [...accounts]
      .map((account) => ({ account, restMs: restOf(account, keys) }))
      .sort((a, b) => a.restMs - b.restMs);
    if (first && first.restMs > LAST_REST_SEC * 1_000) await this.keys.shortenRest(first.account, LAST_REST_SEC);
  }
}

function ofAccount({ account }: KeyRow, all: readonly KeyRow[]): KeyRow[] {
  return all.filter((key) => key.account === account);
}
