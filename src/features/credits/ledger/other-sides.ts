import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { CreditEntry } from './credit-entry.entity.js';

/** The other side of the books: where credits come from, and where they go. */
export type SystemAccount = 'issued' | 'spent' | 'expired';

interface Leg extends Pick<CreditEntry, 'transactionId' | 'kind' | 'reference' | 'actor'> {
  side: SystemAccount;
  delta: number;
}

const WRITE = `
  WITH side AS (
    UPDATE credit_accounts SET available = available + $2, updated_at = now()
    WHERE owner_kind = 'system' AND owner_id = $1 AND unit = 'credit'
    RETURNING id, available, held
  )
  INSERT INTO credit_entries (transaction_id, account_id, kind, available_delta, held_delta, available_after, held_after,
                              reference, idempotency_key, actor)
  SELECT $3, id, $4, $2, 0, available, held, $5, $6, $7 FROM side
  RETURNING id`;

/**
 * The system's legs of transactions. Everybody writes to the same three accounts, so each of them is locked last, for as
 * long as the commit takes, and in one order: who does several things with credits in a transaction cannot block another.
 */
@Injectable()
export class OtherSides {
  /** Of each transaction that goes on. */
  private readonly owed = new WeakMap<object, Leg[]>();

  constructor(private readonly database: Database) {}

  /** @param entries lines of a person, of one transaction: what they add up to is taken from `side` before the commit */
  async owe(side: SystemAccount, entries: readonly CreditEntry[]): Promise<void> {
    const [first] = entries;
    if (!first) return;
    const { transactionId, kind, actor } = first;
    const delta = -entries.reduce((sum, { availableDelta, heldDelta }) => sum + availableDelta + heldDelta, 0);
    const leg = { side, delta, transactionId, kind, actor, reference: entries.length === 1 ? first.reference : null };
    const legs = this.owed.get(this.database.manager);
    if (legs) {
      legs.push(leg);
      return;
    }
    const owed = [leg];
    this.owed.set(this.database.manager, owed);
    await this.database.beforeCommit(() => this.write(owed));
  }

  private async write(legs: Leg[]): Promise<void> {
    for (const { side, delta, transactionId, kind, reference, actor } of legs.sort(bySide)) {
      const key = `${transactionId}:${side}`;
      const written = await this.database.query(WRITE, [side, delta, transactionId, kind, reference, key, actor]);
      if (written.length === 0) throw new Error(`The ledger has no account ${side}`);
    }
  }
}

function bySide(a: Leg, b: Leg): number {
  return a.side.localeCompare(b.side);
}
