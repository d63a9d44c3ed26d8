import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { CreditAccount } from './credit-account.entity.js';
import { OtherSides, type SystemAccount } from './other-sides.js';
import { CreditEntry, type EntryKind } from './credit-entry.entity.js';

/** What happens on the account of a person. */
export interface Line {
  availableDelta: number;
  heldDelta: number;
  reference: string | null;
  idempotencyKey: string;
  actor: string;
  note?: string | null;
  expiresAt?: Date | null;
}

/** Lines of one transaction. What they add up to is taken from `against`; without it they sum to zero themselves. */
export interface Posting {
  kind: EntryKind;
  lines: readonly Line[];
  against?: SystemAccount;
}

/** The one place where lines are written: together with the balances that they make. */
@Injectable()
export class Postings {
  constructor(
    private readonly database: Database,
    private readonly otherSides: OtherSides,
  ) {}

  /**
   * @param account locked by the caller; its balances follow what is posted
   * @returns the lines of the person, in their order
   */
  async post(account: CreditAccount, { kind, lines, against }: Posting): Promise<CreditEntry[]> {
    const transactionId = randomUUID();
    const entries = this.database
      .repository(CreditEntry)
      .create(lines.map((line) => ({ ...line, ...applied(account, line), kind, transactionId })));
    await this.database.repository(CreditEntry).insert(entries);
    // What the database has generated is not transformed by the column.
    for (const entry of entries) entry.seq = Number(String(entry.seq));
    const { id, available, held } = account;
    await this.database.repository(CreditAccount).update({ id }, { available, held, updatedAt: () => 'now()' });
    if (against) await this.otherSides.owe(against, entries);
    return entries;
  }
}

function applied(account: CreditAccount, { availableDelta, heldDelta }: Line) {
  account.available += availableDelta;
  account.held += heldDelta;
  return { accountId: account.id, availableAfter: account.available, heldAfter: account.held };
}
