import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { In, LessThanOrEqual, MoreThan } from 'typeorm';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import type { CreditAccount } from '../ledger/credit-account.entity.js';
import type { CreditEntry } from '../ledger/credit-entry.entity.js';
import { Postings } from '../ledger/postings.js';
import { CreditLot } from './credit-lot.entity.js';
import { drawFromLots } from './draw.js';

const DRAW = `
  WITH draws AS (
    SELECT * FROM jsonb_to_recordset($1) AS draw ("holdEntryId" uuid, "lotEntryId" uuid, amount bigint)
  ), taken AS (
    UPDATE credit_lots SET remaining = remaining - drawn.amount
    FROM (SELECT "lotEntryId" AS id, sum(amount) AS amount FROM draws GROUP BY 1) AS drawn
    WHERE entry_id = drawn.id
  )
  INSERT INTO credit_lot_holds (hold_entry_id, lot_entry_id, amount)
  SELECT "holdEntryId", "lotEntryId", amount FROM draws`;

const GIVE_BACK = `
  UPDATE credit_lots AS lot SET remaining = lot.remaining + draw.amount FROM credit_lot_holds AS draw
  WHERE draw.hold_entry_id = $1 AND lot.entry_id = draw.lot_entry_id
  RETURNING lot.entry_id`;

/** The reference of the lines that say what has expired of a lot. */
function lotReference(entryId: string): string {
  return `lot:${entryId}`;
}

/** Credits that expire. Whoever changes them has locked their account. */
@Injectable()
export class Lots {
  constructor(
    private readonly database: Database,
    private readonly postings: Postings,
    private readonly clock: Clock,
  ) {}

  async add({ id: entryId, accountId, availableDelta: remaining }: CreditEntry, expiresAt: Date): Promise<void> {
    await this.lots.insert({ entryId, accountId, remaining, expiresAt });
  }

  /** @returns what is left to spend of others, in the order in which they expire */
  async expireDue(account: CreditAccount): Promise<CreditLot[]> {
    const lots = await this.lots.find({
      where: { accountId: account.id, remaining: MoreThan(0) },
      order: { expiresAt: 'ASC', entryId: 'ASC' },
    });
    const now = this.clock.now();
    const due = lots.filter(({ expiresAt }) => expiresAt <= now);
    await this.expire(account, due);
    return lots.slice(due.length);
  }

  async draw(holds: readonly CreditEntry[], lots: readonly CreditLot[]): Promise<void> {
    const draws = drawFromLots(
      holds.map(({ id, heldDelta }) => ({ id, amount: heldDelta })),
      lots,
    );
    if (draws.length > 0) await this.database.query(DRAW, [JSON.stringify(draws)]);
  }

  /** What a hold has drawn goes back to where it came from, and what is due there expires at once. */
  async giveBack(account: CreditAccount, holdEntryId: string): Promise<void> {
    const back = await this.database.query(GIVE_BACK, [holdEntryId]);
    if (back.length > 0) await this.expireDue(account);
  }

  /** Accounts with something due, by their ids, after `after`. */
  async accountsDue(after: string | null, limit: number): Promise<string[]> {
    const rows = await this.lots
      .createQueryBuilder('lot')
      .select('DISTINCT lot.accountId', 'id')
      .where({ remaining: MoreThan(0), expiresAt: LessThanOrEqual(this.clock.now()) })
      .andWhere(after === null ? {} : { accountId: MoreThan(after) })
      .orderBy('id')
      .limit(limit)
      .getRawMany<{ id: string }>();
    return rows.map(({ id }) => id);
  }

  private async expire(account: CreditAccount, due: readonly CreditLot[]): Promise<void> {
    if (due.length === 0) return;
    await this.lots.update({ entryId: In(due.map(({ entryId }) => entryId)) }, { remaining: 0 });
    const lines = due.map(({ entryId, remaining }) => ({
      availableDelta: -remaining,
      heldDelta: 0,
      reference: lotReference(entryId),
      // A lot can expire in parts: those that were held at the time follow when they are released.
      idempotencyKey: `expiry:${entryId}:${randomUUID()}`,
      actor: 'system',
    }));
    await this.postings.post(account, { kind: 'expiry', lines, against: 'expired' });
  }

  private get lots() {
    return this.database.repository(CreditLot);
  }
}
