import { Injectable } from '@nestjs/common';
import type { CreditEntry } from '../ledger/credit-entry.entity.js';
import { personOf } from '../testing/credits-ground.js';
import { creditsWorld, holdsOf, type CreditsWorld } from '../testing/credits-world.js';
import { WitnessesCredits, type ExpectedHold, type WitnessPage } from './credits-witness.js';
import { Proof } from './proof.js';

const HOUR = 3_600_000;
const PAGE_OF_WITNESS = 2;

/** Says what a test has it say, in pages. */
@Injectable()
class Jobs {
  holds: ExpectedHold[] = [];
  before: () => Promise<void> = () => Promise.resolve();

  @WitnessesCredits('job:')
  async testify(after: string | null): Promise<WitnessPage> {
    await this.before();
    const start = Number(after ?? 0);
    const next = start + PAGE_OF_WITNESS;
    const holds = this.holds.slice(start, next);
    return { holds, jobs: holds.length, next: next < this.holds.length ? String(next) : null };
  }
}

describe('Proof', () => {
  let world: CreditsWorld;
  let jobs: Jobs;
  let anna: number;
  let granted: CreditEntry;
  let lot: CreditEntry;
  let references: { held: string; captured: string; released: string; refunded: string };

  beforeAll(async () => {
    world = await creditsWorld([Jobs]);
    jobs = world.app.get(Jobs);
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    await corrupt('TRUNCATE credit_entries, credit_lots, credit_lot_holds');
    await corrupt(`DELETE FROM credit_accounts WHERE owner_kind <> 'system'`);
    await corrupt('UPDATE credit_accounts SET available = 0');
    anna = world.newcomer();
    granted = await world.grant(anna, 10);
    lot = await world.grant(anna, 3, HOUR);
    const holds = holdsOf(4, 2);
    await world.ledger.hold(personOf(anna), holds, 'system');
    const [held, captured, released, refunded] = holds.map(({ reference }) => reference) as [string, ...string[]];
    references = { held, captured: captured!, released: released!, refunded: refunded! };
    await world.ledger.capture(references.captured);
    await world.ledger.release(references.released);
    await world.ledger.capture(references.refunded);
    await world.ledger.refund(references.refunded, { actor: 'user:1' });
    const outcomes = ['held', 'captured', 'released', 'captured'] as const;
    jobs.holds = holds.map(({ reference, amount }, index) => ({ reference, amount, outcome: outcomes[index]! }));
  });

  const proof = () => world.app.get(Proof, { strict: false }).try();
  const problems = async () => (await proof()).problems;

  /** Writes past the triggers and foreign keys, as a careless hand in psql may. */
  const corrupt = async (sql: string, ...parameters: unknown[]) => {
    await world.database.transaction(async () => {
      await world.database.query('SET LOCAL session_replication_role = replica');
      await world.database.query(sql, parameters);
    });
  };
  const entryOf = async (reference: string, kind: string, side = '<>') => {
    const sql = `
      SELECT line.id, transaction_id, account_id FROM credit_entries AS line
      JOIN credit_accounts AS account ON account.id = account_id
      WHERE reference = $1 AND kind = $2 AND owner_kind ${side} 'system'`;
    const [entry] = await world.database.query<{ id: string; transaction_id: string; account_id: string }>(sql, [
      reference,
      kind,
    ]);
    return entry!;
  };

  it('finds nothing wrong with what the ledger has written, and counts it', async () => {
    expect(await proof()).toEqual({
      ok: true,
      checkedAt: world.clock.now(),
      checked: { accounts: 4, entries: 15, holds: 4, jobs: 4 },
      problems: [],
    });
  });

  it('finds balances that were changed', async () => {
    const account = granted.accountId;
    await corrupt('UPDATE credit_accounts SET available = available + 5, held = held + 1 WHERE id = $1', account);
    expect(await problems()).toEqual([
      { code: 'available_differs', subject: `account:${account}`, expected: 9, actual: 14 },
      { code: 'held_differs', subject: `account:${account}`, expected: 2, actual: 3 },
    ]);
  });

  it('finds the balance of an account without lines', async () => {
    await corrupt(`INSERT INTO credit_accounts (owner_kind, owner_id, available) VALUES ('tg_user', '77', 5)`);
    expect(await problems()).toMatchObject([{ code: 'available_differs', expected: 0, actual: 5 }]);
  });

  it('finds a line that was changed: the sums, the running balance, the transaction', async () => {
    await corrupt('UPDATE credit_entries SET available_delta = 8 WHERE id = $1', granted.id);
    expect(await problems()).toEqual([
      { code: 'available_differs', subject: `account:${granted.accountId}`, expected: 7, actual: 9 },
      { code: 'running_available_differs', subject: `entry:${granted.id}`, expected: 8, actual: 10 },
      { code: 'transaction_unbalanced', subject: `transaction:${granted.transactionId}`, expected: 0, actual: -2 },
    ]);
  });

  it('finds what a line says of the balance after it', async () => {
    const { id } = await entryOf(references.held, 'hold');
    await corrupt('UPDATE credit_entries SET held_after = 9 WHERE id = $1', id);
    const found = await problems();
    expect(found.map(({ code }) => code)).toEqual(['running_held_differs', 'running_held_differs']);
    expect(found[0]).toEqual({ code: 'running_held_differs', subject: `entry:${id}`, expected: 2, actual: 9 });
  });

  it('finds lines that were deleted', async () => {
    const { transaction_id } = await entryOf(references.captured, 'capture');
    await corrupt('DELETE FROM credit_entries WHERE transaction_id = $1', transaction_id);
    const codes = new Set((await problems()).map(({ code }) => code));
    for (const code of ['available_differs', 'held_differs', 'running_held_differs', 'outcome_differs']) {
      expect(codes).toContain(code);
    }
  });

  it('finds a half of a transaction', async () => {
    const { id, transaction_id } = await entryOf(references.captured, 'capture', '=');
    await corrupt('DELETE FROM credit_entries WHERE id = $1', id);
    const unbalanced = { code: 'transaction_unbalanced', subject: `transaction:${transaction_id}`, expected: 0 };
    expect(await problems()).toContainEqual({ ...unbalanced, actual: -2 });
  });

  it('finds a line on an account where its kind has no business', async () => {
    const { id } = await entryOf(references.captured, 'capture', '=');
    await corrupt(
      `UPDATE credit_entries SET account_id = (SELECT id FROM credit_accounts WHERE owner_id = 'expired') WHERE id = $1`,
      id,
    );
    const misplaced = { code: 'line_misplaced', subject: `entry:${id}`, expected: 'capture', actual: 'expired' };
    expect(await problems()).toContainEqual(misplaced);
  });

  it('finds ends without a hold, and such as are of another amount', async () => {
    await corrupt(`DELETE FROM credit_entries WHERE reference = $1 AND kind = 'hold'`, references.captured);
    await corrupt(
      `UPDATE credit_entries SET available_delta = 1, held_delta = -1 WHERE reference = $1 AND kind = 'release'`,
      references.released,
    );
    const found = await problems();
    expect(found).toContainEqual({
      code: 'end_without_hold',
      subject: references.captured,
      expected: null,
      actual: 2,
    });
    expect(found).toContainEqual({ code: 'end_differs', subject: references.released, expected: 2, actual: 1 });
  });

  it('finds refunds of what was not captured, and such as are of another amount', async () => {
    const { id } = await entryOf(references.refunded, 'refund');
    await corrupt('UPDATE credit_entries SET available_delta = 5 WHERE id = $1', id);
    const differs = { code: 'refund_differs', subject: references.refunded, expected: 2, actual: 5 };
    expect(await problems()).toContainEqual(differs);
    await corrupt('UPDATE credit_entries SET reference = $2 WHERE id = $1', id, references.held);
    const without = { code: 'refund_without_capture', subject: references.held, expected: null, actual: 5 };
    expect(await problems()).toContainEqual(without);
  });

  describe('of lots', () => {
    const lotSubject = () => `lot:${lot.id}`;

    it('finds a remainder that was changed', async () => {
      await corrupt('UPDATE credit_lots SET remaining = 2 WHERE entry_id = $1', lot.id);
      expect(await problems()).toEqual([{ code: 'lot_differs', subject: lotSubject(), expected: 0, actual: 2 }]);
    });

    it('finds what is said to be drawn and was not', async () => {
      await corrupt('UPDATE credit_lot_holds SET amount = amount + 5');
      const codes = (await problems()).map(({ code }) => code);
      expect(codes).toContain('lot_differs');
      expect(codes).toContain('draws_differ');
    });

    it('finds a lot that is missing, or ends at another time', async () => {
      await corrupt(`UPDATE credit_lots SET expires_at = expires_at + interval '1 year'`);
      expect(await problems()).toMatchObject([{ code: 'lot_end_differs', subject: lotSubject() }]);
      await corrupt('DELETE FROM credit_lots');
      expect(await problems()).toEqual([
        { code: 'lot_missing', subject: `entry:${lot.id}`, expected: 3, actual: null },
      ]);
    });

    it('finds more in lots than there is', async () => {
      await corrupt('UPDATE credit_lots SET remaining = 100');
      const exceeds = { code: 'lots_exceed_available', subject: `account:${lot.accountId}`, expected: 9, actual: 100 };
      expect(await problems()).toContainEqual(exceeds);
    });

    it('finds nothing wrong with what has expired in parts', async () => {
      world.clock.advance(HOUR);
      await world.ledger.release(references.held);
      jobs.holds[0]!.outcome = 'released';
      expect((await world.lines(anna)).filter((line) => line.startsWith('expiry'))).not.toEqual([]);
      expect(await problems()).toEqual([]);
    });
  });

  describe('of what the witnesses say', () => {
    it('finds holds that should have ended', async () => {
      jobs.holds[0]!.endsBy = new Date(world.clock.now().getTime() + HOUR);
      expect(await problems()).toEqual([]);
      world.clock.advance(HOUR);
      expect(await problems()).toEqual([
        { code: 'hold_overdue', subject: references.held, expected: 'ended', actual: 'held' },
      ]);
    });

    it('finds what ended in another way, was of another amount, or was never held', async () => {
      jobs.holds[1]!.outcome = 'released';
      jobs.holds[2]!.amount = 9;
      jobs.holds.push({ reference: 'job:unheard', outcome: 'captured', amount: 1 });
      expect(await problems()).toEqual([
        { code: 'outcome_differs', subject: references.captured, expected: 'released', actual: 'captured' },
        { code: 'amount_differs', subject: references.released, expected: 9, actual: 2 },
        { code: 'outcome_differs', subject: 'job:unheard', expected: 'captured', actual: 'none' },
      ]);
    });

    it('finds holds that they know nothing of, of their own alone', async () => {
      jobs.holds.shift();
      const [other] = holdsOf(1);
      await world.ledger.hold(personOf(anna), [{ ...other!, reference: 'recording:1' }], 'system');
      expect(await problems()).toEqual([{ code: 'hold_unknown', subject: references.held, expected: null, actual: 2 }]);
    });

    it('reads the books as they were when it began', async () => {
      let arrive = (): void => undefined;
      let goOn = (): void => undefined;
      const isHere = new Promise<void>((resolve) => (arrive = resolve));
      jobs.before = () => {
        arrive();
        return new Promise((resolve) => (goOn = resolve));
      };
      const proving = problems();
      await isHere;
      await world.ledger.release(references.held);
      jobs.before = () => Promise.resolve();
      goOn();
      expect(await proving).toEqual([]);
      expect(await problems()).toMatchObject([{ code: 'outcome_differs', subject: references.held }]);
    });
  });
});
