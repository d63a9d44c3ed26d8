import { eventually } from '../support/eventually.js';
import { report } from '../support/measured.js';
import { scale } from '../support/scale.js';
import type { Customer } from './support/customer.js';
import { inChunks } from './support/in-chunks.js';
import { OwnStores } from './support/own-stores.js';
import { QUICK_REELS, Reels } from './support/reels.js';
import { useWorld, type Nexus, type World } from './support/world.js';

const JOBS = scale(30, 2_000);
const PER_BATCH = 5;
const BATCHES_OF_ONE = 2;
const KILLS = scale(3, 30);
const FLUSHES = scale(1, 2);
const PROCESSES = scale(2, 3);
const ACCOUNTS = scale(3, 12);
const DEADLINE_MS = scale(110_000, 1_500_000);
const CALM_MS = scale(1_500, 4_000);

/** How each of them goes: most of them well. */
const SCRIPTS = scale(
  ['', '', '', 'kie:temporary=1', 'kie:violation', 'kie:no-callback'],
  [
    '',
    '',
    '',
    '',
    '',
    'kie:temporary=1',
    'kie:violation',
    'kie:no-callback',
    'kie:double-callback',
    'kie:lost-answer=1',
  ],
);

interface Ended {
  tg_user_id: string;
  status: string;
}

describe('videos in a bad hour', () => {
  let stores: OwnStores;
  let services: Nexus[];
  let reels: Reels;
  const world = useWorld(async (created) => {
    stores = await OwnStores.start(created.folder);
    await created.startSandbox();
    services = [];
    for (let index = 0; index < PROCESSES; index += 1) services.push(await startService(created, index));
    reels = await Reels.open(created, services[0]!.url);
  });
  afterAll(() => stores.close());

  function startService(where: World, index: number): Promise<Nexus> {
    const kie = `${where.apiRoot}/apis/kie`;
    const keys = Array.from({ length: ACCOUNTS }, (_, n) => [`KIE_API_KEY_${n + 1}`, `account${n}:1`] as const);
    return where.startNexus({
      ...QUICK_REELS,
      ...stores.env,
      ...Object.fromEntries(keys),
      KIE_BASE_URL: kie,
      KIE_UPLOAD_BASE_URL: `${kie}-upload`,
      NEXUS_SANDBOX: 'on',
      PORT: String(where.servicePort(index)),
    });
  }

  const all = () => stores.query<Ended>('SELECT tg_user_id, status FROM generation_jobs');

  async function killOne(index: number): Promise<void> {
    await services[index]!.process.kill();
    services[index] = await startService(world(), index);
  }

  it('reach an end, each paid for once and none for nothing, whatever is killed (point 31)', async () => {
    const started = Date.now();
    const customers: Customer[] = [];
    const perCustomer = PER_BATCH * BATCHES_OF_ONE;
    let scripts = 0;
    await inChunks(Array.from({ length: JOBS / perCustomer }), 8, async () => {
      const customer = await reels.customer(perCustomer);
      customers.push(customer);
      for (let batch = 0; batch < BATCHES_OF_ONE; batch += 1) {
        const script = SCRIPTS[(scripts += 1) % SCRIPTS.length] ?? '';
        await customer.order({ prompt: `A mug on a table ${script}`, count: PER_BATCH });
      }
    });
    await eventually(async () => (await all()).length === JOBS);

    const isOver = async () =>
      (await all()).every(({ status }) => ['delivered', 'failed', 'cancelled'].includes(status));
    let overAfterKills = -1;
    for (let kill = 1; kill <= KILLS; kill += 1) {
      await killOne(Math.floor(Math.random() * PROCESSES));
      if (kill % Math.ceil(KILLS / FLUSHES) === 0) await stores.flushRedis();
      if (kill === Math.ceil(KILLS / 2)) await stores.restartPostgres();
      if (overAfterKills < 0 && (await isOver())) overAfterKills = kill;
      await calm();
    }
    await eventually(isOver, DEADLINE_MS);
    await eventually(async () => (await owed()) === 0, DEADLINE_MS);

    const ended = await all();
    const count = (wanted: string) => ended.filter(({ status }) => status === wanted).length;
    const [doubts] = await stores.query<{ count: number }>(
      `SELECT coalesce(sum(unknowns), 0)::int AS count FROM telegram_outbox WHERE key LIKE 'job:%:video'`,
    );
    let [videos, most] = [0, 0];
    await inChunks(customers, 8, async (customer) => {
      const theirs = ended.filter(({ tg_user_id: id }) => Number(id) === customer.id);
      const delivered = theirs.filter(({ status }) => status === 'delivered').length;
      const seen = (await customer.videos()).length;
      expect(seen).toBeGreaterThanOrEqual(delivered);
      videos += seen;
      most = Math.max(most, seen - delivered);
      const { available, held } = await reels.balanceOf(customer);
      expect({ available, held }).toEqual({ available: perCustomer - delivered, held: 0 });
      expect(await customer.heard('Generation started')).toBe(BATCHES_OF_ONE);
    });
    const proof = await reels.prove();
    const figures = {
      jobs: JOBS,
      kills: KILLS,
      flushes: FLUSHES,
      restarts: 1,
      delivered: count('delivered'),
      failed: count('failed'),
      videos,
      twice: videos - count('delivered'),
      sendsInDoubt: doubts?.count ?? 0,
      problems: proof.problems.length,
      seconds: Math.round((Date.now() - started) / 1_000),
    };
    report('point 31', figures);
    expect(proof).toMatchObject({ ok: true, problems: [] });
    expect(figures.twice).toBeLessThanOrEqual(figures.sendsInDoubt);
    // A kill may fall into the gap of every send that is on its way just then.
    expect(figures.twice).toBeLessThanOrEqual(KILLS);
  }, 2 * DEADLINE_MS);

  async function calm(): Promise<void> {
    const until = Date.now() + CALM_MS * (0.5 + Math.random());
    await eventually(() => Date.now() > until, CALM_MS * 3);
  }

  async function owed(): Promise<number> {
    const [row] = await stores.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM telegram_outbox WHERE state IN ('pending', 'sending')`,
    );
    return row?.count ?? 0;
  }
});
