import { eventually } from '../../../../test/support/eventually.js';
import { Jobs } from '../../../platform/queue/jobs.js';
import { promptJob, startJobs } from '../generation.jobs.js';
import { generationWorld, type GenerationNode, type GenerationWorld } from '../testing/generation-world.js';
import { walk } from '../testing/walk.js';
import { Prompting } from './prompting.js';

describe('the step of the prompt', () => {
  let world: GenerationWorld;
  let node: GenerationNode;
  let prompting: Prompting;
  const never = new AbortController().signal;
  beforeAll(async () => {
    world = await generationWorld();
    node = await world.start();
    prompting = node.app.get(Prompting);
  });
  afterAll(() => world.close());
  beforeEach(() => {
    world.writer.reset();
  });

  const newJob = async () => {
    const [job] = await node.ordered(await node.person(1));
    return walk(node.jobs, job!.id, 'prompting');
  };
  const waiting = async (name: string) => (await node.app.get(Jobs).queue(name).getWaiting()).map(({ id }) => id);

  it('writes it once, and the job waits for its turn', async () => {
    const { id, run } = await newJob();
    await Promise.all(Array.from({ length: 5 }, () => prompting.run(id, run, never)));
    await prompting.run(id, run, never);
    expect(world.writer.asked).toEqual([id]);
    expect(await node.jobs.get(id)).toMatchObject({
      status: 'queued',
      finalPrompt: 'A video of a red mug',
      claim: null,
      nextAttemptAt: null,
    });
    await eventually(async () => (await waiting(startJobs.name)).length === 1);
  });

  it('notes who has written it, and why it was not the LLM', async () => {
    const { id, run } = await newJob();
    world.writer.act = () => ({ text: 'A mug', by: 'template', note: 'rate_limit' });
    await prompting.run(id, run, never);
    expect((await node.jobs.timeline(id)).at(-1)).toMatchObject({
      from: 'prompting',
      to: 'queued',
      note: 'Prompt by template: rate_limit',
    });
  });

  it('is handed back when the process stops', async () => {
    const { id, run } = await newJob();
    const stopping = new AbortController();
    world.writer.act = (_, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          reject(signal.reason as Error);
        });
        stopping.abort(new Error('This process is stopping'));
      });
    await prompting.run(id, run, stopping.signal);
    expect(await node.jobs.get(id)).toMatchObject({ status: 'prompting', claim: null, run: run + 1, losses: 0 });
    expect(await waiting(promptJob.name)).toContain(`${id}-prompt-${run + 1}`);
    world.writer.reset();
    await prompting.run(id, run + 1, never);
    expect(await node.jobs.get(id)).toMatchObject({ status: 'queued' });
  });

  it('is handed back by a process that stops already', async () => {
    const { id, run } = await newJob();
    await prompting.run(id, run, AbortSignal.abort(new Error('This process is stopping')));
    expect(world.writer.asked).toEqual([]);
    expect(await waiting(promptJob.name)).toContain(`${id}-prompt-${run + 1}`);
  });

  it('is handed back when something unexpected happens, which counts as a loss', async () => {
    const { id, run } = await newJob();
    world.writer.act = () => {
      throw new Error('A fault of the program');
    };
    await expect(prompting.run(id, run, never)).rejects.toThrow('A fault of the program');
    expect(await node.jobs.get(id)).toMatchObject({ status: 'prompting', claim: null, losses: 1, run: run + 1 });
  });
});
