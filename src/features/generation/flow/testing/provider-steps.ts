import { Database } from '../../../../platform/database/database.js';
import { Jobs } from '../../../../platform/queue/jobs.js';
import { GenerationSubmission } from '../../jobs/generation-submission.entity.js';
import type { GenerationJob } from '../../jobs/generation-job.entity.js';
import { generationWorld, type GenerationNode, type GenerationWorld } from '../../testing/generation-world.js';
import { walk } from '../../testing/walk.js';
import { Looking } from '../looking.js';
import { Reconciler } from '../reconciler.js';
import { Submitting } from '../submitting.js';

/** The steps between a job and its provider, taken by hand on a node where nothing moves by itself. */
export interface ProviderSteps {
  database: Database;
  /** A job with a prompt that is to be submitted. */
  job(prompt?: string): Promise<GenerationJob>;
  /** For how long Bull keeps the step of that queue back, in milliseconds; undefined: it holds none. */
  delayOf(queue: string, id: string): Promise<number | undefined>;
  /** The submit step that the row asks for; out of the queue first, where it is there. */
  submit(id: string): Promise<GenerationJob>;
  look(id: string): Promise<GenerationJob>;
  /** A job that the provider works on. */
  generating(): Promise<GenerationJob>;
  reconcile(): Promise<void>;
  get(id: string): Promise<GenerationJob>;
  submissions(id: string): Promise<GenerationSubmission[]>;
  states(id: string): Promise<string[]>;
  /** Of all keys together, as they count. */
  inFlight(): Promise<number>;
  /** All that has happened to the submissions of a job was so much longer ago. */
  age(id: string, seconds: number): Promise<void>;
  notes(id: string): Promise<string[]>;
  credits(id: string): Promise<{ available: number; held: number }>;
}

const never = new AbortController().signal;

export function providerSteps(node: GenerationNode): ProviderSteps {
  const { app, jobs } = node;
  const database = app.get(Database);
  const get = (id: string) => jobs.get(id);
  const steps: ProviderSteps = {
    database,
    get,
    job: async (prompt = 'a red mug on a table') => {
      const [job] = await node.ordered(await node.person(1));
      if (!job) throw new Error('Nothing was ordered');
      await jobs.write(job.id, { finalPrompt: prompt });
      return walk(jobs, job.id, 'submitting');
    },
    delayOf: async (queue, id) => {
      const delayed = await app.get(Jobs).queue(queue).getDelayed();
      return delayed.find(({ data }) => (data as { generationJobId: string }).generationJobId === id)?.opts.delay;
    },
    submit: async (id) => {
      if ((await get(id)).status === 'queued') await walk(jobs, id, 'submitting');
      await app.get(Submitting, { strict: false }).run(id, (await get(id)).run, never);
      return get(id);
    },
    look: async (id) => {
      await app.get(Looking, { strict: false }).run(id, (await get(id)).run, never);
      return get(id);
    },
    generating: async () => {
      const job = await steps.submit((await steps.job()).id);
      if (job.status !== 'generating') throw new Error(`It is ${job.status}`);
      return job;
    },
    reconcile: () => app.get(Reconciler, { strict: false }).reconcile(),
    submissions: (id) =>
      database.repository(GenerationSubmission).find({ where: { jobId: id }, order: { attempt: 'ASC' } }),
    states: async (id) => (await steps.submissions(id)).map(({ state }) => state),
    inFlight: async () => {
      const [row] = await database.query<{ sum: number }>(
        'SELECT coalesce(sum(in_flight), 0)::int AS sum FROM generation_keys',
      );
      return row?.sum ?? 0;
    },
    age: async (id, seconds) => {
      const columns = ['sent_at', 'answered_at', 'called_back_at', 'unknown_since'];
      const set = columns.map((column) => `${column} = ${column} - $2 * interval '1 second'`).join(', ');
      await database.query(`UPDATE generation_submissions SET ${set} WHERE job_id = $1`, [id, seconds]);
    },
    notes: async (id) => (await jobs.timeline(id)).flatMap(({ note }) => note ?? []),
    credits: async (id) => node.balance((await get(id)).tgUserId),
  };
  return steps;
}

export interface ProviderGround {
  world: GenerationWorld;
  node: GenerationNode;
  steps: ProviderSteps;
}

/** For the tests of a file: a node, and before each test a provider that knows of nothing, and keys as new. */
export function useProvider(): () => ProviderGround {
  let ground: ProviderGround | undefined;
  const current = () => {
    if (!ground) throw new Error('There is no provider yet');
    return ground;
  };
  beforeAll(async () => {
    const world = await generationWorld();
    const node = await world.start();
    ground = { world, node, steps: providerSteps(node) };
  });
  afterAll(() => ground?.world.close());
  beforeEach(async () => {
    const { world, steps } = current();
    world.kie.reset();
    await steps.database.query('DELETE FROM generation_submissions');
    await steps.database.query('DELETE FROM generation_paused_models');
    await steps.database.query(
      `UPDATE generation_keys SET status = 'active', blocked_until = NULL, in_flight = 0, rate_limits = 0`,
    );
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });
  return current;
}
