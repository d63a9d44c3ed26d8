import { startUpstreamProxy, TestServers } from '../../src/platform/egress/testing/servers.js';
import { eventually } from '../support/eventually.js';
import { report } from '../support/measured.js';
import { scale } from '../support/scale.js';
import { FakePrograms } from './support/fake-programs.js';
import { freePorts } from './support/free-ports.js';
import { OPERATED, Operator } from './support/operator.js';
import type { Asked } from './support/person.js';
import type { Stores } from './support/stores.js';
import { useWorld, type Nexus } from './support/world.js';

const WORKERS = scale(2, 4);
const CALLERS = 50;
const CALLS_PAID_FOR = 10;
/** In millionths of a dollar. */
const COST_OF_CALL = 300;
const MILLION = 1_000_000;
const SAVENOW_SLOTS = 3;
/** Its sample has 5 MB and comes at 2.5 MB/s. */
const FETCHED_AFTER_MS = 2_000;
const PYTUBEFIX_SLOTS = 2;
const PASSED_ON = scale(12, 300);

/** After a death its leases run out; whoever waits looks again every two seconds, and needs a moment for that. */
const SLOTS_FREE_MS = 30_000;
const LOOK_AGAIN_MS = 4_000;
const TAKEN_UP_MS = 60_000;

interface AttemptRow {
  provider: string;
  egress: string;
  outcome: string | null;
  started_at: Date;
  ended_at: Date | null;
  cost_usd: string;
  codes: string[];
}

describe('several workers', () => {
  let programs: FakePrograms;
  let operator: Operator;
  let stores: Stores;
  let workers: Nexus[];
  let services = 0;
  const servers = new TestServers();
  const world = useWorld(async (created) => {
    programs = await FakePrograms.install(created.folder, created.link('/ok.mp4'));
    await created.startSandbox();
    operator = await Operator.login((await startService('api,bots')).url);
    stores = await created.stores();
  });
  afterAll(() => servers.close());

  function startService(roles: string): Promise<Nexus> {
    const PORT = String(world().servicePort(services++));
    return world().startNexus({ ...programs.env, ...OPERATED, NEXUS_ROLES: roles, PORT });
  }
  const startWorkers = (count: number) => Promise.all(Array.from({ length: count }, () => startService('worker')));

  let links = 0;
  const ask = async (kind: 'watch' | 'shorts'): Promise<Asked> => {
    const id = `workers${String((links += 1)).padStart(4, '0')}`;
    const path = kind === 'watch' ? `watch?v=${id}` : `shorts/${id}`;
    return (await world().person()).say(`https://www.youtube.com/${path}`);
  };
  const askAll = (count: number) => Promise.all(Array.from({ length: count }, () => ask('watch')));

  /** Those of the requests behind these messages, in the order in which they began. */
  const attemptsOf = (asked: Asked[], provider: string) =>
    stores.query<AttemptRow>(
      `SELECT provider, egress, outcome, started_at, ended_at, cost_usd,
              ARRAY(SELECT each->>'errorCode' FROM jsonb_array_elements(tries) each) AS codes
       FROM download_attempts attempt JOIN download_requests request ON request.id = attempt.request_id
       WHERE request.chat_id = ANY($1) AND provider = $2 ORDER BY started_at`,
      [asked.map(({ chatId }) => chatId), provider],
    );
  const videoCounts = (asked: Asked[]) => Promise.all(asked.map(async (each) => (await each.videos()).length));
  const orders = async () => {
    const calls = await world().control.apiCalls({ api: 'savenow', limit: 5_000 });
    return calls.filter(({ path }) => path.endsWith('/download.php'));
  };

  const spent = async () => millionths((await operator.provider('savenow')).dailySpentUsd);

  /** Its leases take their time to run out; the others meanwhile do all that follows. */
  describe('of which one is killed', () => {
    let atWork: Asked[];
    let waiting: Asked;
    let killedAt: number;

    beforeAll(async () => {
      // Workers know of a new limit after two seconds at the latest: long before it matters here.
      await operator.send('PUT', '/slots', { items: [{ key: 'youtube:savenow', limit: SAVENOW_SLOTS }] });
      await operator.change('savenow', { dailyBudgetUsd: String((CALLS_PAID_FOR * COST_OF_CALL) / MILLION) });
      await operator.addFirstRule({ platform: 'youtube_shorts', providerChain: ['pytubefix'] });
      programs.replay('pytubefix', { url: world().link('/slow.mp4?rate=50000') });
      const [killed] = await startWorkers(1);
      atWork = await Promise.all([ask('shorts'), ask('shorts')]);
      await eventually(async () => (await attemptsOf(atWork, 'pytubefix')).length === PYTUBEFIX_SLOTS);
      workers = await startWorkers(WORKERS);
      waiting = await ask('shorts');
      await waiting.status(/waiting for a free place/);
      programs.replay('pytubefix', { url: world().link('/ok.mp4') });
      await killed?.process.kill();
      killedAt = Date.now();
    });

    it('go round one dead way out of three, and hold nothing against the provider (point 5)', async () => {
      const mediaPort = Number(new URL(world().link('/')).port);
      const proxies = await Promise.all([
        startUpstreamProxy(servers, mediaPort),
        startUpstreamProxy(servers, mediaPort),
      ]);
      const ways = { dead: await freePorts(1), left: proxies[0].port, right: proxies[1].port };
      for (const [name, port] of Object.entries(ways)) {
        await operator.send('POST', '/egress-endpoints', { name, url: `http://127.0.0.1:${port}` });
      }
      await operator.change('yt-dlp', { options: { egress: Object.keys(ways) } });
      await operator.addFirstRule({ platform: 'youtube', providerChain: ['yt-dlp'] });

      const asked = await askAll(PASSED_ON);
      await Promise.all(asked.map((each) => each.settled(60_000)));
      const videos = (await videoCounts(asked)).filter((count) => count === 1);
      expect(videos.length / PASSED_ON).toBeGreaterThanOrEqual(0.99);

      const attempts = await attemptsOf(asked, 'yt-dlp');
      expect(attempts.flatMap(({ codes }) => codes)).toContain('EGRESS_DOWN');
      const used = attempts.filter(({ outcome }) => outcome === 'succeeded').map(({ egress }) => egress);
      expect(new Set(used)).toEqual(new Set(['left', 'right']));
      expect((await operator.circuits()).map(({ key }) => key)).toEqual(['e:dead']);
      report('point 5', { asked: PASSED_ON, videos: videos.length });
    });

    it('never spend more than the budget, and never take more places than there are (point 6)', async () => {
      // Nobody is to be asked first what a link is about: it takes the test's time.
      await operator.change('yt-dlp', { isActive: false });
      await operator.addFirstRule({ platform: 'youtube', providerChain: ['savenow'] });
      await world().control.scriptApi({ api: 'savenow', behaviour: 'cached', sample: 'slow.mp4?rate=2500000' });

      const asked = await askAll(CALLERS);
      await Promise.all(asked.map((each) => each.settled(60_000)));
      const ordered = await orders();
      expect(ordered).toHaveLength(CALLS_PAID_FOR);
      expect((await videoCounts(asked)).filter((count) => count === 1)).toHaveLength(CALLS_PAID_FOR);
      const attempts = await attemptsOf(asked, 'savenow');
      expect(attempts.reduce((sum, { cost_usd: cost }) => sum + millionths(cost), 0)).toBe(
        CALLS_PAID_FOR * COST_OF_CALL,
      );
      expect(await spent()).toBe(CALLS_PAID_FOR * COST_OF_CALL);
      const atOnce = mostAtOnce(ordered.map(({ at }) => Date.parse(at)));
      expect(atOnce).toBeGreaterThan(1);
      expect(atOnce).toBeLessThanOrEqual(SAVENOW_SLOTS);
      report('point 6', { callers: CALLERS, workers: WORKERS, paid: attempts.length, atOnce });
    });

    it('get the places of the dead one within 30 seconds (point 16)', async () => {
      await waiting.delivered();
      const [first] = await attemptsOf([waiting], 'pytubefix');
      const freeMs = (first?.started_at.getTime() ?? Infinity) - killedAt;
      expect(freeMs).toBeGreaterThan(0);
      expect(freeMs).toBeLessThan(SLOTS_FREE_MS + LOOK_AGAIN_MS);
      report('point 16', { freeMs });
    });

    it('finish what it was at, within a minute, and send it once (point 16)', async () => {
      await Promise.all(atWork.map((each) => each.delivered()));
      expect(await videoCounts(atWork)).toEqual([1, 1]);
      const attempts = await attemptsOf(atWork, 'pytubefix');
      const again = attempts.filter(({ started_at: startedAt }) => startedAt.getTime() > killedAt);
      expect(again.map(({ outcome }) => outcome)).toEqual(['succeeded', 'succeeded']);
      for (const { started_at: startedAt } of again) expect(startedAt.getTime() - killedAt).toBeLessThan(TAKEN_UP_MS);
    });
  });

  it('go on after all were killed while an outside job was waited for: one job, one video, one charge', async () => {
    await operator.change('savenow', { dailyBudgetUsd: '10' });
    await world().control.forgetApiScripts('savenow');
    const [{ length: before }, spentBefore] = [await orders(), await spent()];
    const asked = await ask('watch');
    await eventually(async () => (await pollsOfLastJob()) > 0, 20_000);
    await Promise.all(workers.map(({ process }) => process.kill()));
    await startWorkers(1);

    await asked.delivered();
    expect(await orders()).toHaveLength(before + 1);
    expect(await asked.videos()).toHaveLength(1);
    expect(await attemptsOf([asked], 'savenow')).toMatchObject([{ outcome: 'succeeded', cost_usd: '0.000300' }]);
    expect((await spent()) - spentBefore).toBe(COST_OF_CALL);
  });

  async function pollsOfLastJob(): Promise<number> {
    const calls = await world().control.apiCalls({ api: 'savenow', limit: 5_000 });
    const order = calls.findLastIndex(({ path }) => path.endsWith('/download.php'));
    return calls.slice(order + 1).filter(({ path }) => path.endsWith('/progress')).length;
  }
});

const millionths = (usd: string): number => Math.round(Number(usd) * MILLION);

/** How many were surely at work at the same time, of those that began then. */
function mostAtOnce(begins: number[]): number {
  const atWorkAt = (now: number) => begins.filter((begin) => begin <= now && now < begin + FETCHED_AFTER_MS).length;
  return Math.max(0, ...begins.map(atWorkAt));
}
