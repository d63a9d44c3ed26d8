import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Database } from '../../../platform/database/database.js';
import { pageWindow, type PageQuery } from '../../../platform/http-server/paging.js';
import { Lots } from '../lots/lots.js';
import type { CreditAccount, CreditOwner } from './credit-account.entity.js';
import { AccountViews } from './account-views.js';
import { CreditAccounts } from './credit-accounts.js';
import { CreditEntry } from './credit-entry.entity.js';
import { Postings } from './postings.js';
import { ReferencedEntries } from './referenced-entries.js';

export interface Balance {
  /** What can be spent now: grants that have expired are not in it, even before the sweep has written so. */
  available: number;
  held: number;
}

export interface Grant {
  owner: CreditOwner;
  /** Whole credits, more than 0. */
  amount: number;
  kind?: 'grant' | 'purchase';
  reference?: string;
  /** The same key grants once, whatever else is said. */
  idempotencyKey: string;
  actor: string;
  note?: string;
  expiresAt?: Date;
}

/** A part of what is to be paid: it ends in one capture or one release, by its reference. */
export interface Hold {
  /** `job:{id}`. */
  reference: string;
  amount: number;
  /** The same key holds once. */
  idempotencyKey: string;
}

export type HoldOutcome =
  | { outcome: 'held' }
  /** Nothing was held. */
  | { outcome: 'short'; missing: number; available: number };

const SYSTEM = 'system';

/**
 * The only writer of credits. Each method takes part in the ambient transaction, or is one: balances and lines are
 * written together, under the lock of the person's account and then of the system's. Repeating any of them is harmless.
 */
@Injectable()
export class Ledger {
  constructor(
    private readonly database: Database,
    private readonly accounts: CreditAccounts,
    private readonly views: AccountViews,
    private readonly entries: ReferencedEntries,
    private readonly postings: Postings,
    private readonly lots: Lots,
  ) {}

  /** Nothing for somebody who has no account yet. */
  async balance(owner: CreditOwner): Promise<Balance> {
    const account = await this.views.find(owner);
    return { available: account?.available ?? 0, held: account?.held ?? 0 };
  }

  /** @returns the person's line, or the one that the key has written before; the account is made when there is none */
  async grant(grant: Grant): Promise<CreditEntry> {
    return (await this.grantOnce(grant)).entry;
  }

  /** As `grant`; tells besides whether this call has written the line. */
  async grantOnce(grant: Grant): Promise<{ entry: CreditEntry; isNew: boolean }> {
    const { owner, amount, kind = 'grant', reference = null, idempotencyKey, actor, note, expiresAt } = grant;
    assertAmount(amount);
    return this.database.transaction(async () => {
      const account = await this.accounts.open(owner);
      // Of two accounts, too, one key may grant only one.
      await this.database.lock(`credits.grant:${idempotencyKey}`);
      const before = await this.repository.findOneBy({ idempotencyKey });
      if (before) return { entry: before, isNew: false };
      const line = { availableDelta: amount, heldDelta: 0, reference, idempotencyKey, actor, note, expiresAt };
      const [entry] = await this.postings.post(account, { kind, lines: [line], against: 'issued' });
      if (!entry) throw new Error('Nothing was posted');
      if (expiresAt) await this.lots.add(entry, expiresAt);
      return { entry, isNew: true };
    });
  }

  /** All of them or none: what expires first is held first. */
  async hold(owner: CreditOwner, holds: readonly Hold[], actor: string): Promise<HoldOutcome> {
    for (const { amount } of holds) assertAmount(amount);
    return this.database.transaction(async () => {
      const account = await this.accounts.lock(owner);
      const fresh = account ? await this.notHeldYet(account, holds) : holds;
      const wanted = fresh.reduce((sum, { amount }) => sum + amount, 0);
      if (wanted === 0) return { outcome: 'held' };
      if (!account) return { outcome: 'short', missing: wanted, available: 0 };
      const lots = await this.lots.expireDue(account);
      const { available } = account;
      if (wanted > available) return { outcome: 'short', missing: wanted - available, available };
      const lines = fresh.map(({ amount, ...hold }) => ({
        ...hold,
        availableDelta: -amount,
        heldDelta: amount,
        actor,
      }));
      await this.lots.draw(await this.postings.post(account, { kind: 'hold', lines }), lots);
      return { outcome: 'held' };
    });
  }

  /** What was held is spent. @returns false when the hold has ended before, or never was */
  async capture(reference: string, note?: string): Promise<boolean> {
    return this.end(reference, async ({ account, hold }) => {
      const line = { ...lineOf('capture', reference), availableDelta: 0, heldDelta: -hold.heldDelta, note };
      await this.postings.post(account, { kind: 'capture', lines: [line], against: 'spent' });
    });
  }

  /** What was held is given back; what has expired meanwhile expires at once. @returns as `capture` */
  async release(reference: string, note?: string): Promise<boolean> {
    return this.end(reference, async ({ account, hold }) => {
      const { heldDelta: amount } = hold;
      const line = { ...lineOf('release', reference), availableDelta: amount, heldDelta: -amount, note };
      await this.postings.post(account, { kind: 'release', lines: [line] });
      await this.lots.giveBack(account, hold.id);
    });
  }

  /**
   * Gives back what was captured, once. These credits do not expire, whichever were spent: the operator gives them anew.
   * @returns false when nothing was captured, or it was given back before
   */
  async refund(reference: string, by: { actor: string; note?: string }): Promise<boolean> {
    return this.database.transaction(async () => {
      const held = await this.locked(reference);
      if (!held || !(await this.entries.capture(reference)) || (await this.entries.refund(reference))) return false;
      const { account, hold } = held;
      const line = { ...lineOf('refund', reference), availableDelta: hold.heldDelta, heldDelta: 0, ...by };
      await this.postings.post(account, { kind: 'refund', lines: [line], against: 'spent' });
      return true;
    });
  }

  /** A person's own lines, the newest first: his receipt. */
  async receipt(owner: CreditOwner, page: PageQuery): Promise<[CreditEntry[], number]> {
    const account = await this.accounts.find(owner);
    if (!account) return [[], 0];
    return this.repository.findAndCount({
      where: { accountId: account.id },
      order: { seq: 'DESC' },
      ...pageWindow(page),
    });
  }

  private async notHeldYet({ id: accountId }: CreditAccount, holds: readonly Hold[]): Promise<Hold[]> {
    const named = { accountId, kind: 'hold' as const };
    const before = await this.repository.findBy([
      { ...named, idempotencyKey: In(holds.map(({ idempotencyKey }) => idempotencyKey)) },
      { ...named, reference: In(holds.map(({ reference }) => reference)) },
    ]);
    const known = new Set(before.flatMap(({ idempotencyKey, reference }) => [idempotencyKey, reference]));
    return holds.filter(({ idempotencyKey, reference }) => !known.has(idempotencyKey) && !known.has(reference));
  }

  private end(reference: string, how: (held: Held) => Promise<void>): Promise<boolean> {
    return this.database.transaction(async () => {
      const held = await this.locked(reference);
      if (!held || (await this.entries.end(reference))) return false;
      await how(held);
      return true;
    });
  }

  /** The hold of a reference, and under lock whose it is: only now is it certain how it stands. */
  private async locked(reference: string): Promise<Held | null> {
    const hold = await this.entries.hold(reference);
    return hold && { hold, account: await this.accounts.lockById(hold.accountId) };
  }

  private get repository() {
    return this.database.repository(CreditEntry);
  }
}

interface Held {
  account: CreditAccount;
  hold: CreditEntry;
}

/** A hold ends once and is refunded once, so its reference is key enough. */
function lineOf(kind: 'capture' | 'release' | 'refund', reference: string) {
  return { reference, idempotencyKey: `${kind}:${reference}`, actor: SYSTEM };
}

function assertAmount(amount: number): void {
  if (!Number.isSafeInteger(amount) || amount <= 0) throw new RangeError(`${amount} is no amount of credits`);
}
