import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { GenerationError } from '../kie/error-class.js';
import type { KieKey } from '../kie/kie-client.js';
import { chooseKey, isUsable, roomOf, WINDOW_CALLS } from './choose-key.js';
import { KeyAlerts } from './key-alerts.js';
import { KeyHealth } from './key-health.js';
import { KeysRepository, type KeyRow } from './keys.repository.js';
import { isOpen, OpenKeys, type OpenKey } from './open-keys.js';
import { QueryTurns } from './query-turns.js';

/** No key is there that could be free soon. The operator is told. */
interface NoKey {
  outcome: 'none';
  error: GenerationError;
}

export type Admission =
  | { outcome: 'admitted'; key: KieKey }
  /** Keys are there, and none is free before. */
  | { outcome: 'wait'; ms: number }
  | NoKey;

/**
 * The keys of KIE, shared by all processes: whose turn it is, within KIE's limits, and what their answers mean for them.
 * PostgreSQL keeps all of it, so that a flushed Redis does not make Nexus ask too often.
 */
@Injectable()
export class KeyDesk {
  constructor(
    private readonly database: Database,
    private readonly rows: KeysRepository,
    private readonly keys: OpenKeys,
    private readonly health: KeyHealth,
    private readonly alerts: KeyAlerts,
    private readonly turns: QueryTurns,
  ) {}

  /**
   * How many calls of createTask all healthy keys together may take at this moment. Where no key comes back soon there is
   * room all the same: whoever asks for one learns it.
   */
  async room(): Promise<number> {
    const keys = await this.keys.open();
    return keys.some(isUsable) ? roomOf(keys, await this.rows.windowsOf(keys)) : WINDOW_CALLS;
  }

  /**
   * The healthy key with the fewest jobs in flight. `record` writes the submission in the same transaction, under the
   * lock that the window of the account is counted under (18 submissions whose call is not over for 10 s yet).
   */
  async admit(record: (key: KieKey) => Promise<void>): Promise<Admission> {
    return this.database.transaction(async () => {
      await this.database.lock('generation.admission');
      const known = await this.keys.all();
      const keys = known.filter(isOpen);
      const choice = chooseKey(keys, await this.rows.windowsOf(keys));
      if (choice.outcome === 'wait') return choice;
      if (choice.outcome === 'none') return this.noneOf(known);
      const { id, opened: key } = choice.key;
      await this.rows.take(id);
      await record(key);
      return { outcome: 'admitted', key };
    });
  }

  /** Any key that may upload and ask. Counts nothing. */
  async peek(): Promise<{ outcome: 'key'; key: KieKey } | NoKey> {
    const known = await this.keys.all();
    const usable = known.filter(isOpen).filter(isUsable);
    const [first] = usable.sort((a, b) => a.blockedMs - b.blockedMs);
    return first ? { outcome: 'key', key: first.opened } : this.noneOf(known);
  }

  /**
   * For a look at a task: the key that made it, or another of its account. What has been paid for is worth a look even with
   * a key that makes no more tasks. null: there is none any more.
   */
  async keyOf(keyId: string | null, account: string): Promise<KieKey | null> {
    const keys = (await this.keys.open()).filter((key) => key.id === keyId || key.account === account);
    const rank = (key: OpenKey) => (key.status === 'disabled' ? 2 : key.id === keyId ? 0 : 1);
    return keys.filter(({ status }) => status !== 'invalid').sort((a, b) => rank(a) - rank(b))[0]?.opened ?? null;
  }

  /**
   * A turn to query: 8 a second for each key, of all processes together. Who must wait has a turn of his own at the end of
   * it, by his name, and asks again then. Without Redis nobody waits.
   * @param who asks, e.g. the id of a submission: the same each time
   * @returns milliseconds to wait; 0: now
   */
  async queryTurn(keyId: string, who: string): Promise<number> {
    return this.turns.take(keyId, who);
  }

  /** The query of a turn is answered, or was given up: a second later it does not count any more. */
  async queryOver(keyId: string, who: string): Promise<void> {
    await this.turns.over(keyId, who);
  }

  /**
   * What an answer to createTask says about its key and account; alerts included. In a transaction it takes effect after
   * the commit.
   */
  async answered(key: KieKey, error: GenerationError | null): Promise<void> {
    await this.health.answered(key, error);
  }

  /** A submission of the key is open no more. In the transaction that ends it. */
  async ended(keyId: string | null): Promise<void> {
    if (keyId !== null) await this.rows.release(keyId);
  }

  private async noneOf(keys: readonly KeyRow[]): Promise<NoKey> {
    await this.database.afterCommit(() => this.alerts.noneLeft(keys.length));
    return { outcome: 'none', error: whyNone(keys) };
  }
}

function whyNone(keys: readonly KeyRow[]): GenerationError {
  const blocked = keys.find(({ status }) => status === 'billing_blocked');
  const [code, message] =
    keys.length === 0
      ? ['NO_KEY', 'There is no key of KIE']
      : blocked
        ? ['KEYS_BLOCKED', `No key of KIE has money left: ${blocked.blockReason ?? ''}`]
        : ['KEYS_INVALID', 'No key of KIE is valid'];
  return { class: 'BILLING', detail: null, code, message, retryAfterSec: null };
}
