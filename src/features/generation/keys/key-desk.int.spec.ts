import type { GenerationError } from '../kie/error-class.js';
import type { KieKey } from '../kie/kie-client.js';
import { GenerationKey } from './generation-key.entity.js';
import { KeyWatch } from './key-watch.js';
import { kieError, refusedKey } from './testing/fake-kie-client.js';
import {
  clearKeys,
  insertJob,
  insertKey,
  keysWorld,
  recorder,
  startKeys,
  type KeysProcess,
} from './testing/keys-world.js';

const noMoney = kieError({ class: 'BILLING', code: '500', message: 'Credits insufficient' });
const tooOften = kieError({ class: 'RATE_LIMIT', code: '429', message: 'Too many requests' });

describe('the desk of keys', () => {
  let world: Awaited<ReturnType<typeof keysWorld>>;
  let jobId: string;

  beforeAll(async () => {
    world = await keysWorld();
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    await clearKeys(world.database);
    world.frontend.notes.length = 0;
    jobId = await insertJob(world.database);
  });

  const admit = (at: KeysProcess = world) => at.desk.admit(recorder(at.database, jobId));
  const admitted = async (): Promise<KieKey> => {
    const admission = await admit();
    if (admission.outcome !== 'admitted') throw new Error(`Not admitted: ${JSON.stringify(admission)}`);
    return admission.key;
  };
  const waited = async (): Promise<number> => {
    const admission = await admit();
    if (admission.outcome !== 'wait') throw new Error(`Need not wait: ${JSON.stringify(admission)}`);
    return admission.ms;
  };
  const row = (id: string) => world.database.repository(GenerationKey).findOneByOrFail({ id });
  const refuse = async (name: string, id: string, error: GenerationError | null, account = name) =>
    world.desk.answered({ id, account, apiKey: `key-of-${name}` }, error);
  /** Whatever was to be waited for has been waited for. */
  const pass = async (seconds: number) => {
    await world.database.query(
      `UPDATE generation_keys SET blocked_until = blocked_until - $1::double precision * interval '1 second'`,
      [seconds],
    );
    await world.database.query(
      `UPDATE generation_submissions SET answered_at = answered_at - $1::double precision * interval '1 second'`,
      [seconds],
    );
  };
  const answerAll = () =>
    world.database.query('UPDATE generation_submissions SET answered_at = now() WHERE answered_at IS NULL');
  const restSec = async (id: string) =>
    Math.round((((await row(id)).blockedUntil?.getTime() ?? 0) - (await now())) / 1_000);
  const now = async () => {
    const [clock] = await world.database.query<{ now: Date }>('SELECT clock_timestamp() AS now');
    return clock!.now.getTime();
  };

  describe('whose turn it is', () => {
    it('gives a key that opens, and counts what it is given for', async () => {
      const id = await insertKey(world, 'main');
      expect(await admitted()).toEqual({ id, account: 'main', apiKey: 'key-of-main' });
      expect(await row(id)).toMatchObject({
        inFlight: 1,
        requests: 1,
        failures: 0,
        lastUsedAt: expect.any(Date) as Date,
      });
      await world.desk.ended(id);
      await world.desk.ended(id);
      expect(await row(id)).toMatchObject({ inFlight: 0, requests: 1 });
      await world.desk.ended(null);
    });

    it('uses two keys of two accounts evenly', async () => {
      const ids = [await insertKey(world, 'a'), await insertKey(world, 'b')];
      const running: string[] = [];
      for (let n = 0; n < 80; n += 1) {
        running.push((await admitted()).id);
        if (running.length > 10) await world.desk.ended(running.shift()!);
        if (n % 30 === 29) await answerAll();
        if (n % 30 === 29) await pass(11);
      }
      const requests = await Promise.all(ids.map(async (id) => (await row(id)).requests));
      expect(requests).toEqual([40, 40]);
    }, 30_000);

    it('writes nothing when the record fails', async () => {
      const id = await insertKey(world, 'main');
      await expect(world.desk.admit(() => Promise.reject(new Error('No disk')))).rejects.toThrow('No disk');
      expect(await row(id)).toMatchObject({ inFlight: 0, requests: 0, lastUsedAt: null });
    });

    it('passes over a key that cannot be opened any more', async () => {
      await insertKey(world, 'gone', { apiKey: 'v1.gone.AAAA' });
      const id = await insertKey(world, 'main', { inFlight: 5 });
      expect((await admitted()).id).toBe(id);
    });
  });

  describe('the window of an account', () => {
    it('takes 18 calls in 10 s of all processes together, whenever their answers come', async () => {
      await insertKey(world, 'a');
      await insertKey(world, 'a2', { account: 'a' });
      const other = await startKeys(world.stores);
      try {
        const all = await Promise.all(Array.from({ length: 40 }, (_, n) => admit(n % 2 === 0 ? world : other)));
        expect(all.filter(({ outcome }) => outcome === 'admitted')).toHaveLength(18);
        expect(all.filter(({ outcome }) => outcome === 'wait')).toHaveLength(22);
        const rows = await world.database.query('SELECT 1 FROM generation_submissions');
        expect(rows).toHaveLength(18);
      } finally {
        await other.api.close();
      }
    });

    it('counts a call from its end on, and one without an end for as long as it has none', async () => {
      await insertKey(world, 'a');
      for (let n = 0; n < 18; n += 1) await admitted();
      expect(await waited()).toBe(1_000);
      await answerAll();
      await pass(9);
      const left = await waited();
      expect(left).toBeGreaterThan(0);
      expect(left).toBeLessThanOrEqual(1_000);
      expect(await world.desk.room()).toBe(0);
      await pass(1);
      await admitted();
      expect(await world.desk.room()).toBe(17);
    });

    it('has room for each account by itself', async () => {
      await insertKey(world, 'a');
      await insertKey(world, 'a2', { account: 'a' });
      await insertKey(world, 'b');
      await insertKey(world, 'c', { status: 'disabled' });
      expect(await world.desk.room()).toBe(36);
      for (let n = 0; n < 36; n += 1) await admitted();
      expect(await world.desk.room()).toBe(0);
    });
  });

  describe('an account that is asked too often', () => {
    it('rests longer with each 429 in a row, all its keys, but no other account', async () => {
      const [a, a2] = [await insertKey(world, 'a'), await insertKey(world, 'a2', { account: 'a' })];
      const b = await insertKey(world, 'b');
      for (const expected of [10, 60, 600, 3_600, 3_600]) {
        await refuse('a', a, tooOften);
        for (const id of [a, a2]) {
          expect(await row(id)).toMatchObject({ status: 'rate_limited', blockReason: 'Too many requests' });
          expect(await restSec(id)).toBe(expected);
        }
        expect((await admitted()).id).toBe(b);
        await pass(expected);
      }
      expect(await row(b)).toMatchObject({ status: 'active', rateLimits: 0 });
    });

    it('begins anew after a success, but not after one of a call that was under way', async () => {
      const a = await insertKey(world, 'a');
      await insertKey(world, 'b');
      await refuse('a', a, tooOften);
      await refuse('a', a, null);
      await pass(10);
      await refuse('a', a, tooOften);
      expect(await restSec(a)).toBe(60);
      await pass(60);
      await refuse('a', a, null);
      await refuse('a', a, tooOften);
      expect(await restSec(a)).toBe(10);
    });

    it('counts the calls that were under way once', async () => {
      const a = await insertKey(world, 'a');
      await insertKey(world, 'b');
      await Promise.all(Array.from({ length: 6 }, () => refuse('a', a, tooOften)));
      expect(await row(a)).toMatchObject({ rateLimits: 1, failures: 6 });
      expect(await restSec(a)).toBe(10);
    });

    it('rests as long as KIE says', async () => {
      const a = await insertKey(world, 'a');
      await insertKey(world, 'b');
      await refuse('a', a, { ...tooOften, retryAfterSec: 120 });
      expect(await restSec(a)).toBe(120);
    });

    it('never rests longer than 60 s when it is the last healthy one', async () => {
      const [a, b] = [await insertKey(world, 'a'), await insertKey(world, 'b')];
      await refuse('b', b, { ...tooOften, retryAfterSec: 3_000 });
      expect(await restSec(b)).toBe(3_000);
      await refuse('a', a, { ...tooOften, retryAfterSec: 900 });
      expect(await restSec(a)).toBe(60);
      expect(await restSec(b)).toBe(3_000);
      const ms = await waited();
      expect(ms).toBeGreaterThan(55_000);
      expect(ms).toBeLessThanOrEqual(60_000);
      // Now the other one is the last.
      await refuse('a', a, noMoney);
      expect(await restSec(b)).toBe(60);
    });
  });

  describe('a key that is of no use', () => {
    it('is blocked for a day with all keys of its account when there is no money, and the operator is told', async () => {
      const [a, a2] = [await insertKey(world, 'a'), await insertKey(world, 'a2', { account: 'a' })];
      const b = await insertKey(world, 'b');
      await refuse('a', a, noMoney);
      for (const id of [a, a2]) {
        expect(await row(id)).toMatchObject({ status: 'billing_blocked', blockReason: 'Credits insufficient' });
        expect(await restSec(id)).toBe(86_400);
      }
      expect((await admitted()).id).toBe(b);
      expect(world.frontend.notes).toEqual(['told generation_key_billing a 1', 'told generation_key_billing a2 1']);
      await pass(86_400);
      await world.api.app.get(KeyWatch, { strict: false }).look();
      expect(await row(a)).toMatchObject({ status: 'active', blockedUntil: null, blockReason: null });
      expect(world.frontend.notes.slice(2).sort()).toEqual([
        'resolved generation_key_billing a 1',
        'resolved generation_key_billing a2 1',
      ]);
    });

    it('is blocked alone when only its own share is used up', async () => {
      const a = await insertKey(world, 'a');
      const a2 = await insertKey(world, 'a2', { account: 'a' });
      await refuse('a', a, { ...noMoney, code: '433' });
      expect((await admitted()).id).toBe(a2);
    });

    it('comes back by itself when its day is over, before anybody has noticed', async () => {
      const a = await insertKey(world, 'a');
      await refuse('a', a, noMoney);
      expect(await admit()).toMatchObject({ outcome: 'none', error: { class: 'BILLING', code: 'KEYS_BLOCKED' } });
      await pass(86_400);
      expect((await admitted()).id).toBe(a);
    });

    it('is invalid after a 401, until somebody has tested it', async () => {
      const [a, b] = [await insertKey(world, 'a'), await insertKey(world, 'b')];
      await refuse('a', a, refusedKey);
      expect(await row(a)).toMatchObject({ status: 'invalid', failures: 1, blockedUntil: null });
      expect((await admitted()).id).toBe(b);
      expect(world.frontend.notes).toEqual(['told generation_key_invalid a 1']);
    });

    it('is not invalid when another key stands in its place by then', async () => {
      const a = await insertKey(world, 'a');
      await world.desk.answered({ id: a, account: 'a', apiKey: 'the old one' }, refusedKey);
      expect(await row(a)).toMatchObject({ status: 'active' });
    });

    it('stays disabled whatever KIE answers', async () => {
      const a = await insertKey(world, 'a', { status: 'disabled' });
      for (const error of [tooOften, noMoney, refusedKey, null]) await refuse('a', a, error);
      expect(await row(a)).toMatchObject({ status: 'disabled', blockedUntil: null });
    });

    it('is counted when something fails that is not its fault, and nothing more', async () => {
      const a = await insertKey(world, 'a');
      await refuse('a', a, kieError());
      await refuse('a', a, kieError({ class: 'USER_VIOLATION' }));
      await refuse('a', a, kieError({ class: 'CONFIG', detail: 'model_paused' }));
      expect(await row(a)).toMatchObject({ status: 'active', failures: 1 });
    });

    it('takes effect after the transaction it is noted in, if that is committed', async () => {
      const a = await insertKey(world, 'a');
      const undone = world.database.transaction(async () => {
        await refuse('a', a, refusedKey);
        throw new Error('Undone');
      });
      await expect(undone).rejects.toThrow('Undone');
      expect((await row(a)).status).toBe('active');
      await world.database.transaction(async () => {
        await world.desk.ended(a);
        await refuse('a', a, refusedKey);
        expect((await row(a)).status).toBe('active');
      });
      expect((await row(a)).status).toBe('invalid');
    });
  });

  describe('when no key is left', () => {
    it('says so, and tells the operator when somebody asks', async () => {
      expect(await admit()).toMatchObject({
        outcome: 'none',
        error: { class: 'BILLING', detail: null, code: 'NO_KEY', retryAfterSec: null },
      });
      expect(world.frontend.notes).toEqual(['told generation_no_healthy_key kie 1']);
      expect(await world.desk.room()).toBeGreaterThan(0);
    });

    it('is as without money when all are invalid', async () => {
      const a = await insertKey(world, 'a');
      await refuse('a', a, refusedKey);
      expect(await admit()).toMatchObject({
        outcome: 'none',
        error: { class: 'BILLING', detail: null, code: 'KEYS_INVALID' },
      });
      expect(world.frontend.notes).toEqual(['told generation_key_invalid a 1', 'told generation_no_healthy_key kie 1']);
      await insertKey(world, 'b');
      await world.api.app.get(KeyWatch, { strict: false }).look();
      expect(world.frontend.notes.slice(2)).toEqual(['resolved generation_no_healthy_key kie 1']);
    });

    it('waits for one that rests', async () => {
      const [a, b] = [await insertKey(world, 'a'), await insertKey(world, 'b')];
      await refuse('a', a, noMoney);
      await refuse('b', b, tooOften);
      expect(await waited()).toBeLessThanOrEqual(10_000);
      expect(await world.desk.room()).toBe(0);
    });
  });

  describe('a key to look and to upload with', () => {
    it('is the one that made the task, or another one of its account', async () => {
      const [a, a2] = [await insertKey(world, 'a'), await insertKey(world, 'a2', { account: 'a' })];
      await insertKey(world, 'b');
      expect((await world.desk.keyOf(a, 'a'))?.id).toBe(a);
      await refuse('a', a, noMoney);
      expect((await world.desk.keyOf(a, 'a'))?.id).toBe(a);
      await refuse('a', a, refusedKey);
      expect((await world.desk.keyOf(a, 'a'))?.id).toBe(a2);
      expect((await world.desk.keyOf(null, 'a'))?.id).toBe(a2);
      expect(await world.desk.keyOf(null, 'c')).toBeNull();
    });

    it('may be one that is disabled when there is no other', async () => {
      const a = await insertKey(world, 'a', { status: 'disabled' });
      expect((await world.desk.keyOf(a, 'a'))?.id).toBe(a);
      const a2 = await insertKey(world, 'a2', { account: 'a' });
      expect((await world.desk.keyOf(a, 'a'))?.id).toBe(a2);
    });

    it('uploads with any that makes videos', async () => {
      const a = await insertKey(world, 'a', { status: 'invalid' });
      const b = await insertKey(world, 'b');
      expect(await world.desk.peek()).toMatchObject({ outcome: 'key', key: { id: b } });
      await refuse('b', b, tooOften);
      expect(await world.desk.peek()).toMatchObject({ outcome: 'key', key: { id: b } });
      expect((await row(a)).requests).toBe(0);
      expect(await row(b)).toMatchObject({ requests: 0, lastUsedAt: null });
    });

    it('is missed aloud when there is none, as one to ask for a video is', async () => {
      const error = { class: 'BILLING', detail: null };
      expect(await world.desk.peek()).toMatchObject({ outcome: 'none', error: { ...error, code: 'NO_KEY' } });
      expect(world.frontend.notes).toEqual(['told generation_no_healthy_key kie 1']);
      await insertKey(world, 'a', { status: 'invalid' });
      expect(await world.desk.peek()).toMatchObject({ outcome: 'none', error: { ...error, code: 'KEYS_INVALID' } });
    });
  });
});
