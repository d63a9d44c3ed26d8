import { Proof } from '../audit/proof.js';
import { ExpirySweep } from '../lots/expiry-sweep.js';
import { personOf } from '../testing/credits-ground.js';
import { creditsWorld, holdsOf, type CreditsWorld } from '../testing/credits-world.js';

const WORKERS = 8;
const STEPS = 40;
const PEOPLE = [1, 2, 3, 4];

/** The same numbers from 0 to 1 for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Asked {
  person: number;
  reference: string;
}

/** Does everything that can be done with credits, in an order that `seed` decides, on holds that all workers share. */
async function work(world: CreditsWorld, asked: Asked[], seed: number): Promise<void> {
  const random = randomOf(seed);
  const oneOf = <T>(all: readonly T[]) => all[Math.floor(random() * all.length)];
  const { ledger } = world;
  for (let step = 0; step < STEPS; step++) {
    const { person, reference } = oneOf(asked) ?? { person: oneOf(PEOPLE)!, reference: 'job:none' };
    const anybody = oneOf(PEOPLE)!;
    const deeds: (() => Promise<unknown>)[] = [
      () => world.grant(anybody, 1 + Math.floor(random() * 5)),
      () => world.grant(anybody, 1 + Math.floor(random() * 5), random() * 10_000),
      async () => {
        const holds = holdsOf(1 + Math.floor(random() * 5), 1 + Math.floor(random() * 2));
        asked.push(...holds.map((hold) => ({ person: anybody, reference: hold.reference })));
        await ledger.hold(personOf(anybody), holds, `telegram:${anybody}`);
      },
      () => ledger.capture(reference),
      () => ledger.release(reference),
      async () => {
        await ledger.capture(reference);
        await ledger.refund(reference, { actor: 'user:1' });
      },
      () => world.app.get(ExpirySweep, { strict: false }).sweep(),
      async () => world.clock.advance(random() * 3_000),
      async () => {
        const { available, held } = await ledger.balance(personOf(person));
        expect([available >= 0, held >= 0]).toEqual([true, true]);
      },
      // Several things with one person's credits are one transaction, and one that fails has not happened.
      () =>
        world.database.transaction(async () => {
          await world.grant(person, 2);
          await ledger.release(reference);
        }),
      () =>
        world.database.transaction(async () => {
          await ledger.hold(personOf(person), holdsOf(1), `telegram:${person}`);
          await ledger.capture(reference);
          await world.grant(person, 1);
        }),
      async () => {
        const failing = world.database.transaction(async () => {
          await world.grant(person, 1_000_000);
          await ledger.capture(reference);
          throw new Error('undone');
        });
        await expect(failing).rejects.toThrow('undone');
      },
    ];
    await oneOf(deeds)?.();
  }
}

describe('the ledger, whatever happens at once', () => {
  let world: CreditsWorld;
  beforeAll(async () => {
    world = await creditsWorld();
  });
  afterAll(() => world.close());

  it.each([1, 2, 3])('adds up (seed %i)', async (seed) => {
    const asked: Asked[] = [];
    await Promise.all(Array.from({ length: WORKERS }, (_, index) => work(world, asked, seed * 1_000 + index)));
    const report = await world.app.get(Proof, { strict: false }).try();
    expect(report.problems).toEqual([]);
    expect(report.checked.entries).toBeGreaterThan(100);
  });

  it('was all that can be', async () => {
    const kinds = await world.database.query<{ kind: string }>(
      'SELECT DISTINCT kind FROM credit_entries ORDER BY kind',
    );
    expect(kinds.map(({ kind }) => kind)).toEqual(['capture', 'expiry', 'grant', 'hold', 'refund', 'release']);
  });
});
