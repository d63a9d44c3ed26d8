import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scale } from '../../../../../test/support/scale.js';
import { startEmbeddedStores } from '../../../../platform/embedded/index.js';
import { classOf, ERROR_CODES, type ErrorCode } from '../../errors/error-codes.js';
import { RoutingHealth } from './routing.health.js';
import {
  attempt,
  failed,
  gateWorld,
  HOUR,
  MINUTE,
  question,
  SECOND,
  succeeded,
  taken,
  type GateProcess,
  type GateWorld,
} from './testing/gate-world.js';

const BUCKET = 'p:yt-dlp:youtube:medium';
const EGRESSES = ['one', 'two', 'three'];

describe('circuits', () => {
  let world: GateWorld;
  let here: GateProcess;
  let there: GateProcess;
  beforeAll(async () => {
    world = await gateWorld();
    here = await world.start();
    there = await world.start();
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    await here.database.query('TRUNCATE circuit_openings');
    await here.redis.client.flushAll();
  });

  const soon = (ms: number) => new Date(world.clock.now().getTime() + ms);
  const look = async (process = here, asked = question()) => (await process.gate.look(asked))[0];
  const open = async () => (await here.circuits.list()).map(({ key }) => key);
  const levelOf = async (key: string) => (await here.circuits.list()).find((circuit) => circuit.key === key)?.level;

  it('is seen at once by every other process when it opens, with the end of its cooldown (point 2)', async () => {
    await attempt(here.gate, 'HTTP_403');
    const until = soon(30 * MINUTE);
    expect(await look(there)).toEqual({ provider: 'yt-dlp', reason: 'circuit_open', until, detail: BUCKET });
    expect((await there.gate.take(question(), 'somebody')).grant).toBeNull();
    expect(await there.circuits.list()).toEqual([
      { key: BUCKET, state: 'open', openUntil: until, level: 1, reason: 'HTTP_403' },
    ]);
  });

  it('ends its cooldown when it would have after Redis was flushed (point 2)', async () => {
    await attempt(here.gate, 'CONFIG', question({ provider: 'savenow', obeysEgressCircuits: false }));
    await attempt(here.gate, 'BLOCK_IP');
    world.clock.advance(7 * MINUTE);
    await attempt(here.gate, 'STALL', question({ provider: 'other', egresses: ['two'] }));
    await here.circuits.extend('e:direct:youtube', 4);
    const before = await here.circuits.list();
    expect(before.map(({ key, openUntil }) => [key, openUntil])).toEqual([
      ['e:direct:youtube', soon(57 * MINUTE)],
      ['p:savenow', null],
    ]);

    await here.redis.client.flushAll();
    expect(await there.circuits.list()).toEqual(before);
    await here.redis.client.flushAll();
    expect(await look()).toMatchObject({ reason: 'circuit_open', until: soon(57 * MINUTE) });
    world.clock.advance(57 * MINUTE - 1);
    expect(await look()).toMatchObject({ reason: 'circuit_open' });
    world.clock.advance(1);
    expect(await look()).toMatchObject({ reason: 'ok' });
    await here.redis.client.flushAll();
    expect((await here.circuits.list())[0]).toMatchObject({ key: 'e:direct:youtube', state: 'half_open' });
  });

  it('ends its cooldown when it would have after Redis was restarted (point 2)', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'nexus-gate-redis-'));
    const redis = () => startEmbeddedStores({ dataDir, postgres: false, redis: true, log: () => undefined });
    const first = await redis();
    const before = await world.start(first.redisUrl);
    await attempt(before.gate, 'HTTP_403');
    await before.app.close();
    await first.stop();

    const second = await redis();
    const after = await world.start(second.redisUrl);
    expect(await look(after)).toMatchObject({ reason: 'circuit_open', until: soon(30 * MINUTE) });
    await after.app.close();
    await second.stop();
    rmSync(dataDir, { recursive: true });
  });

  it('lets exactly one through as the probe in each window, however many ask at once (point 3)', async () => {
    const windows = scale(3, 50);
    for (let window = 0; window < windows; window += 1) {
      await attempt(here.gate, 'HTTP_403');
      world.clock.advance(HOUR);
      const answers = await Promise.all(
        Array.from({ length: 100 }, (_, i) => (i % 2 ? here : there).gate.take(question(), randomUUID())),
      );
      const granted = answers.flatMap(({ grant }) => (grant ? [grant] : []));
      expect(granted.map(({ probes }) => probes)).toEqual([[BUCKET]]);
      const denied = answers.filter(({ grant }) => grant === null);
      expect(denied).toHaveLength(99);
      for (const { verdicts } of denied) {
        expect(verdicts).toEqual([{ provider: 'yt-dlp', reason: 'probe_running', until: null, detail: BUCKET }]);
      }
      for (const probe of granted) await here.gate.settle(probe, succeeded(probe));
    }
  });

  it('stays closed however many endings there are that only the content is to blame for (point 4)', async () => {
    const codes = ERROR_CODES.filter((code) => classOf(code) === 'CONTENT');
    const jobs = Array.from({ length: scale(200, 1_000) }, (_, i) => codes[i % codes.length] ?? 'CONTENT_AGE');
    for (let i = 0; i < jobs.length; i += 100) {
      await Promise.all(jobs.slice(i, i + 100).map((code) => attempt(here.gate, code)));
    }
    expect(await here.circuits.list()).toEqual([]);
    expect(await look()).toMatchObject({ reason: 'ok' });
  });

  it('is that of the one dead way out of three alone: the provider goes on (point 5)', async () => {
    const asked = question({ egresses: EGRESSES });
    const used: string[] = [];
    const jobs = scale(60, 1_000);
    for (let job = 0; job < jobs; job += 1) {
      const grant = await taken(here.gate, asked);
      const dead = grant.egresses.indexOf('two');
      const error = failed(grant, 'TLS_EOF').error ?? null;
      const tries = dead === 0 ? [{ egress: 'two', error }] : [];
      const good = grant.egresses.find((egress) => egress !== 'two') ?? '';
      await here.gate.settle(grant, { ...succeeded(grant), tries: [...tries, { egress: good, error: null }] });
      used.push(...tries.map(({ egress }) => egress), good);
      world.clock.advance(SECOND);
    }
    expect(await open()).toEqual(['e:two:youtube']);
    expect(used.filter((egress) => egress === 'two')).toHaveLength(1);
    expect(used.filter((egress) => egress === 'one').length).toBeGreaterThan(20);
    expect(used.filter((egress) => egress === 'three').length).toBeGreaterThan(20);
  });

  it('opens the provider when a second way out is refused the same way within ten minutes', async () => {
    const refused = async (egress: string, code: ErrorCode) => {
      const grant = await taken(here.gate, question({ egresses: EGRESSES }));
      await here.gate.settle(grant, {
        ...failed(grant, code),
        tries: [{ egress, error: failed(grant, code).error ?? null }],
      });
    };
    await refused('one', 'HTTP_429');
    world.clock.advance(10 * MINUTE);
    await refused('two', 'HTTP_429');
    expect(await open()).toEqual(['e:one:youtube', 'e:two:youtube']);
    await refused('three', 'BYTES_403');
    expect(await open()).not.toContain(BUCKET);

    await here.circuits.close('e:one:youtube');
    await refused('one', 'HTTP_429');
    expect(await open()).toContain(BUCKET);
  });

  it('is circuit_open when the last way out is closed, until the first one opens', async () => {
    const asked = question({ egresses: ['one', 'two'] });
    await attempt(here.gate, 'EGRESS_DOWN', question({ egresses: ['one'] }));
    world.clock.advance(MINUTE);
    await attempt(here.gate, 'BLOCK_IP', question({ egresses: ['two'] }));
    expect(await look(here, asked)).toMatchObject({ reason: 'circuit_open', until: soon(4 * MINUTE), detail: 'e:one' });
    expect((await here.gate.look({ ...asked, family: 'tiktok' }))[0]).toMatchObject({ reason: 'ok' });
    const api = question({ provider: 'api', egresses: ['one', 'two'], obeysEgressCircuits: false });
    expect(await look(here, api)).toMatchObject({ reason: 'ok' });
  });

  it('tries a way out again first thing when its cooldown is over, with one attempt', async () => {
    const asked = question({ egresses: EGRESSES });
    await attempt(here.gate, 'BLOCK_IP', question({ egresses: ['two'] }));
    expect((await taken(here.gate, asked)).egresses.sort()).toEqual(['one', 'three']);
    world.clock.advance(HOUR);
    const probe = await taken(here.gate, asked);
    expect(probe).toMatchObject({ probes: ['e:two:youtube'], egressCount: 3 });
    expect(probe.egresses[0]).toBe('two');
    expect((await taken(here.gate, asked)).egresses.sort()).toEqual(['one', 'three']);
    await here.gate.settle(probe, succeeded(probe));
    expect(await open()).toEqual([]);
    expect((await taken(here.gate, asked)).egresses.sort()).toEqual(['one', 'three', 'two']);
  });

  it('doubles the cooldown each time a probe fails, up to the longest, and forgets it after two clean jobs', async () => {
    await attempt(here.gate, 'HTTP_403');
    for (const [minutes, level] of [
      [30, 2],
      [60, 3],
      [60, 4],
    ] as const) {
      world.clock.advance(minutes * MINUTE - 1);
      expect(await look()).toMatchObject({ reason: 'circuit_open' });
      world.clock.advance(1);
      await attempt(here.gate, 'HTTP_403');
      expect(await levelOf(BUCKET)).toBe(level);
    }
    world.clock.advance(HOUR);
    await attempt(here.gate, null);
    expect(await open()).toEqual([]);
    await attempt(here.gate, null);
    await attempt(here.gate, 'HTTP_403');
    expect(await levelOf(BUCKET)).toBe(5);

    world.clock.advance(HOUR);
    for (let job = 0; job < 3; job += 1) await attempt(here.gate, null);
    await attempt(here.gate, 'HTTP_403');
    expect(await levelOf(BUCKET)).toBe(1);
  });

  it('opens again when a probe fails in any way that is the fault of the provider, and at once', async () => {
    await attempt(here.gate, 'HTTP_403');
    world.clock.advance(30 * MINUTE);
    await attempt(here.gate, 'STALL');
    expect(await here.circuits.list()).toMatchObject([{ reason: 'STALL', level: 2, openUntil: soon(30 * MINUTE) }]);
  });

  it.each(['CONTENT_PRIVATE', 'LOCAL_DISK', 'cancelled', 'passed_over'] as const)(
    'frees the probe and changes nothing when it ends with %s',
    async (end) => {
      await attempt(here.gate, 'HTTP_403');
      const opened = soon(30 * MINUTE);
      world.clock.advance(30 * MINUTE);
      const probe = await taken(here.gate);
      expect(await look()).toMatchObject({ reason: 'probe_running' });
      const isOutcome = end === 'cancelled' || end === 'passed_over';
      await here.gate.settle(probe, isOutcome ? { ...succeeded(probe), outcome: end } : failed(probe, end));
      expect(await look()).toMatchObject({ reason: 'ok' });
      expect(await here.circuits.list()).toEqual([
        { key: BUCKET, state: 'half_open', openUntil: opened, level: 1, reason: 'HTTP_403' },
      ]);
    },
  );

  it('frees the probe of an owner that died, and keeps that of one that is alive', async () => {
    await attempt(here.gate, 'HTTP_403');
    world.clock.advance(30 * MINUTE);
    const probe = await taken(here.gate);
    world.clock.advance(29 * SECOND);
    await here.gate.rest(probe, soon(0));
    world.clock.advance(30 * SECOND);
    expect(await look()).toMatchObject({ reason: 'probe_running' });
    world.clock.advance(30 * SECOND);
    expect(await look()).toMatchObject({ reason: 'ok' });

    const next = await taken(here.gate);
    await here.gate.settle(probe, succeeded(probe));
    expect(await look()).toMatchObject({ reason: 'probe_running' });
    await here.gate.settle(next, succeeded(next));
    expect(await open()).toEqual([]);
  });

  it('is not opened further by those who were under way, unless they were told of a longer time', async () => {
    const others = await Promise.all([taken(here.gate), taken(here.gate), taken(here.gate), taken(here.gate)]);
    await attempt(here.gate, 'HTTP_429');
    for (const other of others.slice(0, 3)) await here.gate.settle(other, failed(other, 'HTTP_429'));
    expect(await here.circuits.list()).toMatchObject([{ level: 1, openUntil: soon(30 * MINUTE) }]);
    for (const other of others.slice(3)) {
      await here.gate.settle(other, failed(other, 'HTTP_429', { retryAfterSec: 2_700 }));
    }
    const expected = [{ level: 1, openUntil: soon(45 * MINUTE) }];
    expect(await here.circuits.list()).toMatchObject(expected);
    await here.redis.client.flushAll();
    expect(await here.circuits.list()).toMatchObject(expected);
  });

  it('opens after the third job within an hour that stalls, whichever way, and counts a job once', async () => {
    const job = { requestId: randomUUID() };
    const stall = async (code: ErrorCode, ending = {}) => {
      const grant = await taken(here.gate);
      await here.gate.settle(grant, { ...failed(grant, code), ...ending });
    };
    await stall('STALL');
    world.clock.advance(HOUR);
    await stall('UPSTREAM_5XX', job);
    await stall('STALL', job);
    await stall('STALL', job);
    await stall('PROVIDER_BUG');
    await stall('NO_FORMAT');
    await stall('STALL');
    expect(await open()).toEqual([]);
    await stall('STALL');
    expect(await here.circuits.list()).toMatchObject([{ key: BUCKET, reason: 'STALL', openUntil: soon(15 * MINUTE) }]);
  });

  it('writes each opening down, with the attempt, and when it was over', async () => {
    const first = await attempt(here.gate, 'HTTP_403');
    const opened = world.clock.now();
    world.clock.advance(30 * MINUTE);
    const second = await attempt(here.gate, 'HTTP_403');
    world.clock.advance(HOUR);
    await attempt(here.gate, null);
    const rows = await here.database.query('SELECT * FROM circuit_openings ORDER BY opened_at');
    expect(rows).toMatchObject([
      {
        key: BUCKET,
        provider: 'yt-dlp',
        level: 1,
        reason: 'HTTP_403',
        opened_at: opened,
        open_until: new Date(opened.getTime() + 30 * MINUTE),
        closed_at: new Date(opened.getTime() + 30 * MINUTE),
        opened_by_attempt: first.owner,
      },
      { level: 2, opened_by_attempt: second.owner, closed_at: world.clock.now() },
    ]);
  });

  it('obeys the operator: closes one or all of a provider, and prolongs', async () => {
    const other = question({ provider: 'yt-dlp-2' });
    await attempt(here.gate, 'HTTP_403');
    await attempt(here.gate, 'HTTP_403', other);
    expect(await there.circuits.extend(BUCKET, 10)).toBe(true);
    expect(await look()).toMatchObject({ until: soon(40 * MINUTE) });
    expect(await there.circuits.extend('p:nobody', 10)).toBe(false);
    expect(await there.circuits.close('p:nobody')).toBe(false);

    await attempt(here.gate, 'CONFIG', { ...question(), bucket: 'long' });
    expect(await there.circuits.closeAllOf('yt-dlp')).toHaveLength(2);
    expect(await open()).toEqual(['p:yt-dlp-2:youtube:medium']);
    expect(await there.circuits.close('p:yt-dlp-2:youtube:medium')).toBe(true);
    await here.redis.client.flushAll();
    expect(await open()).toEqual([]);
  });

  it('goes by what PostgreSQL knows while Redis is away', async () => {
    await attempt(here.gate, 'HTTP_403');
    const lost = await world.start();
    lost.redis.client.destroy();
    const asked = question({}, { provider: 'other', slot: { key: 'youtube:other', limit: 0 } });
    const { verdicts, grant } = await lost.gate.take(asked, 'job');
    expect(verdicts).toMatchObject([
      { reason: 'circuit_open', until: soon(30 * MINUTE), detail: BUCKET },
      { reason: 'ok' },
    ]);
    expect(grant).toMatchObject({ provider: 'other', egresses: ['direct'] });
    expect(await lost.circuits.list()).toHaveLength(1);
    expect((await lost.app.get(RoutingHealth).check()).status).toBe('degraded');
    expect((await here.app.get(RoutingHealth).check()).status).toBe('ok');
    if (grant) await lost.gate.settle(grant, failed(grant, 'HTTP_403'));
    if (grant) expect(await lost.gate.resume(grant)).toBe(true);
  });
});
