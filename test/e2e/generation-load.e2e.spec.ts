import type { KieAccountView, KieTaskView } from '../../src/sandbox/control/kie.router.js';
import { eventually } from '../support/eventually.js';
import { report } from '../support/measured.js';
import { scale } from '../support/scale.js';
import type { Customer } from './support/customer.js';
import { inChunks } from './support/in-chunks.js';
import { QUICK_REELS, Reels } from './support/reels.js';
import type { Stores } from './support/stores.js';
import { useWorld, type World } from './support/world.js';

const JOBS = scale(30, 1_000);
const PER_BATCH = 5;
/** Until KIE is done with a task: all of them are in flight at once before the first one is. */
const WORK_SEC = scale(9, 420);
const DEADLINE_MS = scale(90_000, 1_200_000);
/** Of createTask in 10 s, of an account. */
const LIMIT = 20;
const ACCOUNTS = ['left', 'right'] as const;

/** With one process and with three; with small numbers it is enough that there are several. */
describe.each(scale([2], [1, 3]))('a thousand videos on %i processes', (processes) => {
  let reels: Reels;
  let stores: Stores;
  const customers: Customer[] = [];
  const world = useWorld(async (created) => {
    await created.startSandbox();
    await startAll(created, processes);
    stores = await created.stores();
  });

  async function startAll(where: World, count: number): Promise<void> {
    const kie = `${where.apiRoot}/apis/kie`;
    const env = {
      ...QUICK_REELS,
      KIE_BASE_URL: kie,
      KIE_UPLOAD_BASE_URL: `${kie}-upload`,
      KIE_API_KEY: 'left:1',
      KIE_API_KEY_1: 'right:1',
      GENERATION_POLL_EVERY_SEC: '15',
    };
    for (let index = 0; index < count; index += 1) {
      const nexus = await where.startNexus({ ...env, PORT: String(where.servicePort(index)) });
      if (index === 0) reels = await Reels.open(where, nexus.url);
    }
  }

  const account = (name: string) => world().control.get<KieAccountView>(`/apis/kie/accounts/${name}`);
  const tasks = () => world().control.get<KieTaskView[]>('/apis/kie/tasks');
  const inStatus = async (...statuses: string[]) => {
    const [row] = await stores.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM generation_jobs WHERE status = ANY($1)',
      [statuses],
    );
    return row?.count ?? 0;
  };

  it('keeps to the limits of KIE, uses both keys, lives without one of them, and makes every video once (point 30)', async () => {
    const started = Date.now();
    await inChunks(Array.from({ length: JOBS / PER_BATCH }), 8, async () => {
      const customer = await reels.customer(PER_BATCH);
      customers.push(customer);
      await customer.order({ prompt: `A mug on a table kie:after=${WORK_SEC}`, count: PER_BATCH });
    });

    await eventually(async () => {
      const [made, failed] = [(await tasks()).length, await inStatus('failed')];
      if (made < JOBS / 2 || failed > 0) throw new Error(`${made} tasks, ${failed} failed jobs`);
      return true;
    }, DEADLINE_MS);
    const counts = (all: KieTaskView[]) => ACCOUNTS.map((name) => all.filter((task) => task.account === name).length);
    const even = counts(await tasks());
    expect(Math.abs((even[0] ?? 0) - (even[1] ?? 0))).toBeLessThanOrEqual(Math.max(4, JOBS / 20));
    await world().control.post('/apis/kie/accounts/right', { balance: '0' });

    let most = 0;
    await eventually(async () => {
      most = Math.max(most, await inStatus('generating'));
      return (await inStatus('delivered')) + (await inStatus('failed', 'cancelled')) === JOBS;
    }, DEADLINE_MS);
    expect(await inStatus('delivered')).toBe(JOBS);
    // Few are submitted within the time that the first one takes, all of a thousand are.
    expect(most).toBeGreaterThanOrEqual(JOBS * scale(0.5, 0.9));

    for (const name of ACCOUNTS) {
      const { creations, queries } = await account(name);
      expect(creations.busiest).toBeLessThanOrEqual(LIMIT);
      expect(creations.refused).toBe(0);
      for (const { refused } of Object.values(queries)) expect(refused).toBe(0);
    }
    const made = await tasks();
    expect(made).toHaveLength(JOBS);
    expect(new Set(made.map(({ jobId }) => jobId)).size).toBe(JOBS);
    const keys = await reels.operator.items<{ name: string; status: string }>('/generation/keys');
    expect(keys.find(({ name }) => name === 'KIE_API_KEY_1')?.status).toBe('billing_blocked');

    await inChunks(customers, 8, async (customer) => {
      await eventually(async () => (await customer.videos()).length >= PER_BATCH, DEADLINE_MS);
      expect(await customer.videos()).toHaveLength(PER_BATCH);
      expect(await customer.heard('Trying again')).toBe(0);
    });
    expect(await reels.prove()).toMatchObject({ ok: true, problems: [] });
    report('point 30', {
      processes,
      jobs: JOBS,
      mostInFlight: most,
      seconds: Math.round((Date.now() - started) / 1_000),
      left: counts(made)[0] ?? 0,
      right: counts(made)[1] ?? 0,
    });
  });
});
