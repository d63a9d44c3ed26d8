import type { INestApplication } from '@nestjs/common';
import { DownloadsFrontend } from '../index.js';
import { NotApplicable, ProviderError } from '../errors/provider-error.js';
import { classOf, ERROR_CODES, type ErrorCode } from '../errors/error-codes.js';
import { Waiting, type MediaFacts } from '../providers/provider.js';
import { Router } from '../routing/router.js';
import {
  FakeProvider,
  ask,
  asker,
  arrive,
  downloadsWorld,
  factsKnown,
  forgetFailures,
  goodVideo,
  setChain,
  untilAborted,
  type DownloadsWorld,
  type FakeFrontend,
} from '../testing/downloads-world.js';
import { Database } from '../../../platform/database/database.js';
import { eventually } from '../../../../test/support/eventually.js';
import { p95, report } from '../../../../test/support/measured.js';
import { scale } from '../../../../test/support/scale.js';

const fail = (code: ErrorCode) => () => Promise.reject(new ProviderError(code, code));

describe('from one provider to the next', () => {
  const first = new FakeProvider('yt-dlp');
  const second = new FakeProvider('pytubefix');
  const third = new FakeProvider('rapidapi', 'api');
  const fourth = new FakeProvider('savenow', 'api');
  const providers = [first, second, third, fourth];
  let world: DownloadsWorld;
  let app: INestApplication;
  let links = 0;

  beforeAll(async () => {
    world = await downloadsWorld(providers);
  });
  afterAll(() => world.close());

  beforeEach(() => {
    for (const provider of providers) {
      provider.calls = [];
      provider.act = (call) => Promise.resolve(goodVideo(call));
      provider.probe = undefined;
    }
  });
  afterEach(async () => {
    await forgetFailures(app);
    await app.get(Database).query('TRUNCATE download_requests CASCADE');
    await app.close();
  });

  const start = async (env: Record<string, string> = {}) => {
    app = await world.start(env);
    return app;
  };
  const newLink = () => `https://youtu.be/${String((links += 1)).padStart(11, 'y')}`;
  const frontend = () => app.get<FakeFrontend>(DownloadsFrontend);
  const says = (requestId: string, what: string) => eventually(() => frontend().of(requestId).includes(what), 20_000);
  const query = <Row>(sql: string, parameters: unknown[] = []) => app.get(Database).query<Row>(sql, parameters);
  const attemptsOf = (requestId: string) =>
    query<{ provider: string; outcome: string; code: string; reason: string; started_at: Date; ended_at: Date }>(
      `SELECT provider, outcome, error_code AS code, reason, tries, duration_bucket AS bucket, cost_usd, egress, started_at,
       ended_at FROM download_attempts WHERE request_id = $1 ORDER BY started_at`,
      [requestId],
    );
  const verdicts = async (durationSec: number) => {
    const { chain } = await app.get(Router).explain({ platform: 'youtube', durationSec });
    return chain.map(({ provider, reason }) => [provider, reason]);
  };

  it('gets the video from the fourth, and remembers for long ones alone who has failed', async () => {
    await start({ COOLDOWN_HARD_KILL_MIN: '0.1', COOLDOWN_STALL_MIN: '10', BACKGROUND_FROM_SEC: '100000' });
    first.probe = () => Promise.resolve(factsKnown({ durationSec: 3_600 }));
    first.act = fail('HTTP_403');
    second.act = fail('STALL');
    third.act = fail('PROVIDER_BUG');
    const { id } = await ask(app, newLink());
    await says(id, 'sent new');
    expect(await attemptsOf(id)).toMatchObject([
      {
        provider: 'yt-dlp',
        outcome: 'failed',
        code: 'HTTP_403',
        bucket: 'long',
        tries: [{ kind: 'first', errorCode: 'HTTP_403' }],
      },
      { provider: 'pytubefix', outcome: 'failed', code: 'STALL' },
      { provider: 'rapidapi', outcome: 'failed', code: 'PROVIDER_BUG' },
      { provider: 'savenow', outcome: 'succeeded', code: null, tries: [{ kind: 'first', errorCode: null }] },
    ]);
    for (let i = 0; i < 2; i++) {
      const { id: next } = await ask(app, newLink());
      await says(next, 'sent new');
    }
    expect(await verdicts(3_600)).toEqual([
      ['yt-dlp', 'circuit_open'],
      ['pytubefix', 'circuit_open'],
      ['rapidapi', 'circuit_open'],
      ['savenow', 'ok'],
    ]);
    expect((await verdicts(60)).map(([, reason]) => reason)).toEqual(['ok', 'ok', 'ok', 'ok']);

    // The next long one starts at savenow, a short one at yt-dlp.
    providers.forEach((provider) => (provider.calls = []));
    first.act = (call) => Promise.resolve(goodVideo(call));
    const long = await ask(app, newLink());
    await says(long.id, 'sent new');
    expect(providers.map(({ calls }) => calls.length)).toEqual([0, 0, 0, 1]);
    first.probe = () => Promise.resolve(factsKnown({ durationSec: 60 }));
    const short = await ask(app, newLink());
    await says(short.id, 'sent new');
    expect(first.calls).toHaveLength(1);

    // After the cooldown one goes first, to see.
    await eventually(async () => (await verdicts(3_600))[0]?.[1] === 'ok', 20_000);
    first.probe = () => Promise.resolve(factsKnown({ durationSec: 3_600 }));
    const again = await ask(app, newLink());
    await says(again.id, 'sent new');
    expect(await attemptsOf(again.id)).toMatchObject([{ provider: 'yt-dlp', outcome: 'succeeded' }]);
  });

  it('lets the next begin within a second of a hard failure, and costs the person little (point 1)', async () => {
    await start();
    const hard = ERROR_CODES.filter((code) => classOf(code) === 'HARD_KILL');
    const handovers: number[] = [];
    const delays: number[] = [];
    for (const code of Array.from({ length: scale(1, 30) }, () => hard).flat()) {
      first.act = fail(code);
      const { id } = await ask(app, newLink());
      await says(id, 'sent new');
      const [failed, succeeded] = await attemptsOf(id);
      expect([failed, succeeded]).toMatchObject([{ provider: 'yt-dlp', code }, { outcome: 'succeeded' }]);
      expect(succeeded?.reason).toContain(`yt-dlp: ${code}`);
      const begun = succeeded?.started_at.getTime() ?? Infinity;
      handovers.push(begun - (failed?.ended_at.getTime() ?? 0));
      delays.push(begun - (failed?.started_at.getTime() ?? 0));
      await forgetFailures(app);
    }
    report('point 1', { handoverMs: Math.max(...handovers), p95DelayMs: p95(delays), failures: delays.length });
    expect(Math.max(...handovers)).toBeLessThan(1_000);
    expect(p95(delays)).toBeLessThan(6_000);
  });

  it('says that it is overloaded when only cooldowns stand in the way', async () => {
    await start();
    for (const provider of providers) provider.act = fail('HTTP_403');
    const { id } = await ask(app, newLink());
    await says(id, 'failed HTTP_403');
    const next = await ask(app, newLink());
    await says(next.id, 'overloaded');
    expect(await attemptsOf(next.id)).toEqual([]);
  });

  it('lets an outside job take its time without a worker, and goes on with it after a restart', async () => {
    await start();
    await setChain(app, ['savenow']);
    fourth.act = ({ resume }) =>
      Promise.reject(new Waiting({ job: 'x', polls: Number(resume?.polls ?? 0) + 1 }, 200, 0.5));
    const { id } = await ask(app, newLink());
    await says(id, 'preparing');
    await eventually(() => fourth.calls.length > 2);
    expect(fourth.calls[2]?.resume).toEqual({ job: 'x', polls: 2 });
    await app.close();
    fourth.calls = [];
    fourth.act = (call) => Promise.resolve(goodVideo(call));
    await start();
    await says(id, 'sent new');
    expect(fourth.calls.map(({ resume }) => resume?.job)).toEqual(['x']);
    expect(await attemptsOf(id)).toMatchObject([{ provider: 'savenow', outcome: 'succeeded' }]);
  });

  it('gives back what a cancelled one was granted while it rested', async () => {
    await start();
    await setChain(app, ['savenow']);
    await query(`INSERT INTO slots VALUES ('youtube:savenow', 1)`);
    fourth.act = () => Promise.reject(new Waiting({ job: 'x' }, 60_000));
    const who = asker();
    const { id } = await ask(app, newLink(), who);
    await says(id, 'preparing');
    await cancel(id, who.tgUserId);
    await says(id, 'cancelled');
    await eventually(async () => (await attemptsOf(id))[0]?.outcome === 'cancelled', 20_000);
    expect((await verdicts(60))[0]).toEqual(['savenow', 'ok']);
    await query(`DELETE FROM slots WHERE key = 'youtube:savenow'`);
  });

  const cancel = async (id: string, tgUserId: number) => {
    const { DownloadsService } = await import('../downloads.service.js');
    await app.get(DownloadsService).cancel(id, tgUserId);
  };

  it('waits for a free place instead of failing, and holds no worker meanwhile', async () => {
    await start({ DOWNLOAD_CONCURRENCY: '2' });
    await setChain(app, ['yt-dlp']);
    await query(`UPDATE slots SET "limit" = 1 WHERE key = 'youtube:yt-dlp'`);
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    first.act = async (call) => {
      if (call.link.platform === 'youtube') await gate;
      return goodVideo(call);
    };
    const one = await ask(app, newLink());
    await eventually(() => first.calls.length === 1);
    const other = await ask(app, newLink());
    await says(other.id, 'busy');
    const elsewhere = await ask(app, 'https://www.tiktok.com/@a/video/7000000000000000001');
    await says(elsewhere.id, 'sent new');
    release();
    await says(one.id, 'sent new');
    await says(other.id, 'sent new');
    expect(await attemptsOf(other.id)).toHaveLength(1);
    await query(`UPDATE slots SET "limit" = 2 WHERE key = 'youtube:yt-dlp'`);
  });

  it('hands what is long over to the background before anything is fetched', async () => {
    await start({ BACKGROUND_FROM_SEC: '600' });
    first.probe = () => Promise.resolve(factsKnown({ durationSec: 600 }));
    const { id } = await ask(app, newLink());
    await says(id, 'sent new');
    const [row] = await query<{ in_background: boolean; title: string }>(
      'SELECT in_background, title FROM download_requests WHERE id = $1',
      [id],
    );
    expect(row).toMatchObject({ in_background: true });
    expect(first.calls).toHaveLength(1);
    expect(first.calls[0]?.durationSec).toBe(600);
  });

  it('asks once what a link is about, and goes on without an answer', async () => {
    await start();
    let asked = 0;
    first.probe = () => {
      asked += 1;
      return Promise.resolve(factsKnown());
    };
    const link = newLink();
    const { id } = await ask(app, link);
    await says(id, 'sent new');
    await query('DELETE FROM download_requests WHERE id = $1', [id]);
    const again = await ask(app, link);
    await says(again.id, 'sent new');
    expect(asked).toBe(1);

    first.probe = fail('HTTP_403');
    second.probe = fail('STALL');
    const unknown = await ask(app, newLink());
    await says(unknown.id, 'sent new');
    expect(await attemptsOf(unknown.id)).toMatchObject([
      { provider: 'yt-dlp', bucket: 'unknown', reason: 'probe', code: 'HTTP_403' },
      { provider: 'pytubefix', bucket: 'unknown', reason: 'probe', code: 'STALL' },
      { provider: 'pytubefix', bucket: 'unknown', outcome: 'succeeded' },
    ]);
  });

  it.each<[string, Partial<MediaFacts>, string]>([
    ['live', { isLive: true }, 'failed CONTENT_LIVE'],
    ['too long', { durationSec: 20_000 }, 'failed CONTENT_TOO_LONG'],
  ])('does not begin with what is known to be %s', async (_, known, said) => {
    await start();
    first.probe = () => Promise.resolve(factsKnown(known));
    const { id } = await ask(app, newLink());
    await says(id, said);
    expect(first.calls).toHaveLength(0);
  });

  it('tells the person at once what whoever was asked first knows of the video', async () => {
    await start();
    first.probe = fail('CONTENT_PRIVATE');
    const { id } = await ask(app, newLink());
    await says(id, 'failed CONTENT_PRIVATE');
    expect(providers.flatMap(({ calls }) => calls)).toEqual([]);
  });

  it('waits for room on the disk, and holds nothing against a provider (point 17)', async () => {
    await start({ DISK_RESERVE_GB: '100000000' });
    const { id } = await ask(app, newLink());
    await says(id, 'no_room');
    expect(await attemptsOf(id)).toEqual([]);
    await app.close();
    await start();
    await says(id, 'sent new');
  });

  it('takes the next way out when one is blocked, in one attempt', async () => {
    await start();
    await addEgress('berlin');
    await addEgress('paris');
    await query(`UPDATE download_providers SET options = '{"egress": ["berlin", "paris"]}' WHERE name = 'yt-dlp'`);
    first.act = (call) =>
      call.egress === first.calls[0]?.egress ? fail('BLOCK_IP')() : Promise.resolve(goodVideo(call));
    await eventually(async () => (await app.get(Router).find('yt-dlp'))?.egresses.size === 2);
    const { id } = await ask(app, newLink());
    await says(id, 'sent new');
    const [blocked, free] = first.calls.map(({ egress }) => egress);
    expect(new Set([blocked, free])).toEqual(new Set(['berlin', 'paris']));
    expect(await attemptsOf(id)).toMatchObject([
      {
        outcome: 'succeeded',
        egress: free,
        tries: [
          { kind: 'first', egress: blocked, errorCode: 'BLOCK_IP' },
          { kind: 'egress', egress: free, errorCode: null },
        ],
      },
    ]);
    const next = await ask(app, newLink());
    await says(next.id, 'sent new');
    expect(first.calls.at(-1)?.egress).toBe(free);
    await query(`UPDATE download_providers SET options = '{}' WHERE name = 'yt-dlp'`);
  });

  const addEgress = async (name: string) => {
    const { EgressEndpoint, egressUrlContext } = await import('../routing/egress-endpoint.entity.js');
    const { KeyRing } = await import('../../../platform/crypto/key-ring.js');
    const { randomUUID } = await import('node:crypto');
    const id = randomUUID();
    const url = app.get(KeyRing).encrypt('http://127.0.0.1:9', egressUrlContext(id));
    await app.get(Database).repository(EgressEndpoint).insert({ id, name, url });
  };

  it('does not count what a link is nothing for', async () => {
    await start();
    for (const provider of providers) provider.act = () => Promise.reject(new NotApplicable('not mine'));
    const { id } = await ask(app, newLink());
    await says(id, 'failed USER_URL');
    expect(await attemptsOf(id)).toEqual([]);
  });

  it('writes down what a paid one has cost, and nothing for one that failed for free', async () => {
    await start();
    await setChain(app, ['rapidapi', 'savenow']);
    third.act = fail('UPSTREAM_5XX');
    fourth.act = (call, sink) => {
      sink.charged(3);
      sink.quota({ limit: 100, remaining: 82, resetAt: null });
      return Promise.resolve(goodVideo(call));
    };
    const { id } = await ask(app, newLink());
    await says(id, 'sent new');
    expect(await attemptsOf(id)).toMatchObject([{ cost_usd: '0.000000' }, { cost_usd: '0.000900' }]);
    await eventually(async () => {
      const [row] = await query<{ spent: string; quota: { remaining: number } | null }>(
        `SELECT daily_spent_usd AS spent, quota FROM download_providers WHERE name = 'savenow'`,
      );
      return row?.spent === '0.000900' && row.quota?.remaining === 82;
    });
    await arrive(app, id);
  });

  it('ends what its provider does not end in its time', async () => {
    await start();
    Object.assign(first, { timeoutSec: 0.2 });
    first.act = untilAborted;
    const { id } = await ask(app, newLink());
    await says(id, 'sent new');
    expect(await attemptsOf(id)).toMatchObject([{ provider: 'yt-dlp', code: 'STALL' }, { provider: 'pytubefix' }]);
    Object.assign(first, { timeoutSec: undefined });
  });
});
