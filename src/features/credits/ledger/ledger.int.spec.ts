import { randomUUID } from 'node:crypto';
import { ExpirySweep } from '../lots/expiry-sweep.js';
import { personOf } from '../testing/credits-ground.js';
import { creditsWorld, holdsOf, type CreditsWorld } from '../testing/credits-world.js';
import type { Hold, Ledger } from './ledger.js';

const HOUR = 3_600_000;

describe('Ledger', () => {
  let world: CreditsWorld;
  let ledger: Ledger;
  let anna: number;

  beforeAll(async () => {
    world = await creditsWorld();
    ({ ledger } = world);
  });
  afterAll(() => world.close());
  beforeEach(() => (anna = world.newcomer()));

  const hold = (holds: readonly Hold[], person = anna) => ledger.hold(personOf(person), holds, `telegram:${person}`);
  const heldOne = async (amount = 1) => {
    const [one] = holdsOf(1, amount);
    expect(await hold([one!])).toEqual({ outcome: 'held' });
    return one!;
  };
  const system = async (side: string) => {
    const sql = `SELECT available::int FROM credit_accounts WHERE owner_kind = 'system' AND owner_id = $1`;
    return (await world.database.query<{ available: number }>(sql, [side]))[0]?.available;
  };
  const rows = (sql: string, ...parameters: unknown[]) => world.database.query(sql, parameters);

  describe('grant', () => {
    it('makes the account, and takes from what is issued', async () => {
      const issued = (await system('issued'))!;
      const entry = await world.grant(anna, 5);
      expect(entry).toMatchObject({ kind: 'grant', availableDelta: 5, availableAfter: 5, heldAfter: 0 });
      expect(entry.createdAt).toBeInstanceOf(Date);
      expect(typeof entry.seq).toBe('number');
      expect(await world.balance(anna)).toBe('5 0');
      expect(await system('issued')).toBe(issued - 5);
    });

    it('grants once for a key, whatever else is said and however many ask at once', async () => {
      const grant = { owner: personOf(anna), amount: 5, idempotencyKey: `welcome:${anna}`, actor: 'system' };
      const other = world.newcomer();
      const asked = Array.from({ length: 6 }, (_, index) => ({
        ...grant,
        amount: index + 1,
        owner: personOf(index % 2 ? anna : other),
      }));
      const entries = await Promise.all(asked.map((each) => ledger.grant(each)));
      expect(new Set(entries.map(({ id }) => id)).size).toBe(1);
      expect(await ledger.grantOnce(grant)).toMatchObject({ isNew: false, entry: { id: entries[0]?.id } });
      expect([...(await world.lines(anna)), ...(await world.lines(other))]).toHaveLength(1);
    });

    it.each([0, -1, 0.5, NaN, Infinity])('refuses %s', async (amount) => {
      await expect(world.grant(anna, amount)).rejects.toThrow('no amount');
      await expect(hold(holdsOf(1, amount))).rejects.toThrow('no amount');
    });

    it('is undone with the transaction that it takes part in', async () => {
      const failing = world.database.transaction(async () => {
        await world.grant(anna, 5);
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      expect(await world.balance(anna)).toBe('0 0');
    });
  });

  describe('hold', () => {
    it('holds all of them, each with a line of its own', async () => {
      await world.grant(anna, 5);
      expect(await hold(holdsOf(2, 2))).toEqual({ outcome: 'held' });
      expect(await world.lines(anna)).toEqual(['grant +5 0 = 5 0', 'hold -2 +2 = 3 2', 'hold -2 +2 = 1 4']);
    });

    it('or none, and tells what is missing', async () => {
      expect(await hold(holdsOf(3))).toEqual({ outcome: 'short', missing: 3, available: 0 });
      await world.grant(anna, 2);
      expect(await hold(holdsOf(3))).toEqual({ outcome: 'short', missing: 1, available: 2 });
      expect(await world.balance(anna)).toBe('2 0');
    });

    it('of two at once with credits for one, one is held and one is short', async () => {
      await world.grant(anna, 1);
      const outcomes = await Promise.all([hold(holdsOf(1)), hold(holdsOf(1))]);
      expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['held', 'short']);
      expect(await world.balance(anna)).toBe('0 1');
    });

    it('holds once for a key, however many ask at once', async () => {
      await world.grant(anna, 5);
      const holds = holdsOf(3);
      const outcomes = await Promise.all(Array.from({ length: 5 }, () => hold(holds)));
      expect(outcomes).toEqual(Array.from({ length: 5 }, () => ({ outcome: 'held' })));
      expect(await world.balance(anna)).toBe('2 3');
      await ledger.capture(holds[0]!.reference);
      expect(await hold([...holds, ...holdsOf(2)])).toEqual({ outcome: 'held' });
      expect(await world.balance(anna)).toBe('0 4');
    });

    it('holds once for a reference, whatever the key', async () => {
      await world.grant(anna, 5);
      const one = await heldOne();
      expect(await hold([{ ...one, idempotencyKey: randomUUID() }])).toEqual({ outcome: 'held' });
      expect(await world.balance(anna)).toBe('4 1');
    });

    it('needs nothing for nothing', async () => {
      expect(await hold([])).toEqual({ outcome: 'held' });
    });
  });

  describe('the end of a hold', () => {
    it('is a capture: spent', async () => {
      await world.grant(anna, 3);
      const { reference } = await heldOne(2);
      const spent = (await system('spent'))!;
      expect(await ledger.capture(reference, 'Delivered')).toBe(true);
      expect(await world.lines(anna)).toEqual(['grant +3 0 = 3 0', 'hold -2 +2 = 1 2', 'capture 0 -2 = 1 0']);
      expect(await system('spent')).toBe(spent + 2);
    });

    it('or a release: given back', async () => {
      await world.grant(anna, 3);
      const { reference } = await heldOne(2);
      expect(await ledger.release(reference, 'Failed')).toBe(true);
      expect(await world.lines(anna)).toEqual(['grant +3 0 = 3 0', 'hold -2 +2 = 1 2', 'release +2 -2 = 3 0']);
    });

    it('is one of them, when both come at once and each repeatedly', async () => {
      await world.grant(anna, 1);
      for (let round = 0; round < 10; round++) {
        const { reference } = await heldOne();
        const [capture, release] = [() => ledger.capture(reference), () => ledger.release(reference)];
        const ended = await Promise.all([capture(), release(), capture(), release()]);
        expect(ended.filter(Boolean)).toHaveLength(1);
        if (await ledger.refund(reference, { actor: 'user:1' })) expect(ended[0] || ended[2]).toBe(true);
        expect(await world.balance(anna)).toBe('1 0');
      }
    });

    it('needs a hold', async () => {
      expect(await ledger.capture('job:nothing')).toBe(false);
      expect(await ledger.release('job:nothing')).toBe(false);
    });
  });

  describe('refund', () => {
    it('gives back what was captured, once', async () => {
      await world.grant(anna, 2);
      const { reference } = await heldOne(2);
      const by = { actor: 'user:1', note: 'Blurred' };
      expect(await ledger.refund(reference, by)).toBe(false);
      await ledger.capture(reference);
      const refunds = await Promise.all([1, 2, 3].map(() => ledger.refund(reference, by)));
      expect(refunds.filter(Boolean)).toHaveLength(1);
      expect((await world.lines(anna)).at(-1)).toBe('refund +2 0 = 2 0');
      const [[newest]] = await ledger.receipt(personOf(anna), { page: 1, pageSize: 1 });
      expect(newest).toMatchObject({ ...by, reference });
    });

    it('gives nothing for what was released', async () => {
      await world.grant(anna, 1);
      const { reference } = await heldOne();
      await ledger.release(reference);
      expect(await ledger.refund(reference, { actor: 'user:1' })).toBe(false);
    });
  });

  describe('expiry', () => {
    it('takes credits out of the balance before it is written', async () => {
      await world.grant(anna, 1);
      await world.grant(anna, 5, HOUR);
      expect(await world.balance(anna)).toBe('6 0');
      world.clock.advance(HOUR);
      expect(await world.balance(anna)).toBe('1 0');
      expect(await world.lines(anna)).toHaveLength(2);
    });

    it('is written by the sweep, once, of everybody', async () => {
      const sweep = world.app.get(ExpirySweep, { strict: false });
      await sweep.sweep();
      const many = Array.from({ length: 102 }, () => world.newcomer());
      await Promise.all(many.map((person) => world.grant(person, 2, HOUR)));
      await world.grant(many[0]!, 3, 2 * HOUR);
      world.clock.advance(HOUR);
      const expired = (await system('expired'))!;
      await Promise.all([sweep.sweep(), sweep.sweep()]);
      expect(await system('expired')).toBe(expired + 204);
      expect(await world.lines(many[0]!)).toEqual(['grant +2 0 = 2 0', 'grant +3 0 = 5 0', 'expiry -2 0 = 3 0']);
      expect(await world.lines(many[101]!)).toEqual(['grant +2 0 = 2 0', 'expiry -2 0 = 0 0']);
    });

    it('comes before a hold, which cannot have what is due', async () => {
      await world.grant(anna, 2, HOUR);
      world.clock.advance(HOUR);
      expect(await hold(holdsOf(1))).toEqual({ outcome: 'short', missing: 1, available: 0 });
      await world.grant(anna, 1);
      expect(await hold(holdsOf(1))).toEqual({ outcome: 'held' });
      expect(await world.balance(anna)).toBe('0 1');
    });

    it('comes last for what expires last', async () => {
      await world.grant(anna, 1);
      await world.grant(anna, 1, 2 * HOUR);
      await world.grant(anna, 1, HOUR);
      await hold(holdsOf(1));
      world.clock.advance(HOUR);
      expect(await world.balance(anna)).toBe('2 1');
      await hold(holdsOf(1));
      world.clock.advance(HOUR);
      expect(await world.balance(anna)).toBe('1 2');
    });

    it('spares what is held, and takes it when it is given back', async () => {
      await world.grant(anna, 1);
      await world.grant(anna, 2, HOUR);
      const { reference } = await heldOne(3);
      world.clock.advance(HOUR);
      await world.app.get(ExpirySweep, { strict: false }).sweep();
      expect(await world.balance(anna)).toBe('0 3');
      expect(await ledger.release(reference)).toBe(true);
      expect((await world.lines(anna)).slice(-2)).toEqual(['release +3 -3 = 3 0', 'expiry -2 0 = 1 0']);
    });

    it('still awaits what is given back in time', async () => {
      await world.grant(anna, 2, HOUR);
      const { reference } = await heldOne(2);
      await ledger.release(reference);
      expect(await world.balance(anna)).toBe('2 0');
      world.clock.advance(HOUR);
      expect(await world.balance(anna)).toBe('0 0');
    });

    it('does not touch what has been spent, nor what is given back of it', async () => {
      await world.grant(anna, 1, HOUR);
      const { reference } = await heldOne();
      world.clock.advance(HOUR);
      await ledger.capture(reference);
      await ledger.refund(reference, { actor: 'user:1' });
      expect(await world.balance(anna)).toBe('1 0');
    });
  });

  it('gives a receipt of one person, the newest first, in pages', async () => {
    expect(await ledger.receipt(personOf(anna), { page: 1, pageSize: 2 })).toEqual([[], 0]);
    for (const amount of [1, 2, 3]) await world.grant(anna, amount);
    const [first, total] = await ledger.receipt(personOf(anna), { page: 1, pageSize: 2 });
    const [second] = await ledger.receipt(personOf(anna), { page: 2, pageSize: 2 });
    expect(total).toBe(3);
    expect([...first, ...second].map(({ availableDelta }) => availableDelta)).toEqual([3, 2, 1]);
  });

  it.each(['UPDATE credit_entries SET note = $1', 'DELETE FROM credit_entries WHERE note IS DISTINCT FROM $1'])(
    'writes a line once: %s',
    async (sql) => {
      await world.grant(anna, 1);
      await expect(rows(sql, 'x')).rejects.toThrow('written once');
    },
  );

  it('cannot be emptied, and lets nobody have less than nothing', async () => {
    await expect(rows('TRUNCATE credit_entries CASCADE')).rejects.toThrow('written once');
    await world.grant(anna, 1);
    const below = `UPDATE credit_accounts SET available = -1 WHERE owner_kind = 'tg_user'`;
    await expect(rows(below)).rejects.toThrow('credit_accounts_balance_check');
  });
});
