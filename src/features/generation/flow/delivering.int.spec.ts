import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { Jobs } from '../../../platform/queue/jobs.js';
import { deliverJob } from '../generation.jobs.js';
import type { GenerationJob } from '../jobs/generation-job.entity.js';
import { ResultDownload } from '../results/result-download.js';
import { A_VIDEO } from '../testing/result-host.js';
import { kieError } from '../testing/scripted-kie.js';
import { generationWorld, type GenerationNode, type GenerationWorld } from '../testing/generation-world.js';
import { walk } from '../testing/walk.js';
import { Delivering } from './delivering.js';
import { VideoDelivery } from './video-delivery.js';

describe('the step of the video', () => {
  let world: GenerationWorld;
  let node: GenerationNode;
  let delivering: Delivering;
  let delivery: VideoDelivery;
  let database: Database;
  const never = new AbortController().signal;
  beforeAll(async () => {
    world = await generationWorld();
    node = await world.start();
    delivering = node.app.get(Delivering);
    delivery = node.app.get(VideoDelivery);
    database = node.app.get(Database);
  });
  afterAll(() => world.close());
  beforeEach(() => {
    world.results.reset();
    world.kie.reset();
    world.kie.resultUrl = world.results.url('video.mp4');
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  let tasks = 0;
  const newJob = async (resultUrl: string | null = world.results.url('video.mp4')): Promise<GenerationJob> => {
    const [job] = await node.ordered(await node.person(1));
    tasks += 1;
    const providerTaskId = `made-${tasks}`;
    await database.query(
      `INSERT INTO generation_submissions (job_id, attempt, model, key_id, account, token_hash, state, provider_task_id)
       SELECT $1, 1, 'a model', id, account, 'hash', 'succeeded', $2 FROM generation_keys LIMIT 1`,
      [job!.id, providerTaskId],
    );
    await node.jobs.write(job!.id, { resultUrl, providerTaskId, attempts: 1 });
    return walk(node.jobs, job!.id, 'submitting', 'generating', 'delivering');
  };
  const fileOf = (id: string) => join(world.dataDir, 'storage', 'generation', id, 'video.mp4');
  const leftovers = () => readdirSync(join(world.dataDir, 'work', 'generation'));
  const delayed = async () => (await node.app.get(Jobs).queue(deliverJob.name).getDelayed()).map(({ id }) => id);
  const balanceOf = ({ tgUserId }: GenerationJob) => node.balance(tgUserId);

  it('stores it and hands it over once, however often it is asked for', async () => {
    const { id, run } = await newJob();
    await Promise.all(Array.from({ length: 4 }, () => delivering.run(id, run, never)));
    await delivering.run(id, run, never);
    await delivering.run(id, run + 1, never);
    const job = await node.jobs.get(id);
    expect(job).toMatchObject({ status: 'delivering', resultKey: `generation/${id}/video.mp4`, claim: null });
    expect(readFileSync(fileOf(id), 'utf8')).toBe(A_VIDEO);
    expect(node.frontend.of(id)).toEqual(['video']);
    expect(node.frontend.shown.at(-1)!.source).toEqual({ storageKey: job.resultKey, sizeBytes: A_VIDEO.length });
    expect(world.results.asked).toEqual(['/video.mp4']);
    expect(leftovers()).toEqual([]);
  });

  it('is repeated when it was cut off before the commit', async () => {
    const { id, run } = await newJob();
    vi.spyOn(node.frontend, 'deliver').mockRejectedValueOnce(new Error('Killed'));
    await expect(delivering.run(id, run, never)).rejects.toThrow('Killed');
    expect(await node.jobs.get(id)).toMatchObject({ resultKey: null });
    await delivering.run(id, run + 1, never);
    expect(await node.jobs.get(id)).toMatchObject({ resultKey: `generation/${id}/video.mp4`, losses: 1 });
    expect(node.frontend.of(id)).toEqual(['video']);
  });

  it('is not handed over by a worker that has lost the job meanwhile', async () => {
    const { id, run } = await newJob();
    const another = randomUUID();
    world.results.answer = (_, response) => {
      void database
        .query('UPDATE generation_jobs SET claim = $2 WHERE id = $1', [id, another])
        .then(() => response.end(A_VIDEO));
    };
    await delivering.run(id, run, never);
    expect(await node.jobs.get(id)).toMatchObject({ claim: another, resultKey: null });
    expect(node.frontend.of(id)).toEqual([]);
  });

  it('asks for a fresh link when the known one is dead', async () => {
    const { id, run, providerTaskId } = await newJob(world.results.url('dead.mp4'));
    world.results.answer = (request, response) => {
      response.statusCode = request.url === '/dead.mp4' ? 404 : 200;
      response.end(A_VIDEO);
    };
    await delivering.run(id, run, never);
    expect(world.kie.looks).toEqual([providerTaskId]);
    expect(node.frontend.of(id)).toEqual(['video']);
  });

  it('waits for the provider when it cannot tell a fresh link right now', async () => {
    const { id, run } = await newJob();
    world.results.answer = (_, response) => {
      response.statusCode = 404;
      response.end();
    };
    world.kie.onLook = () => ({ ok: false, error: kieError({ code: '503' }) });
    await delivering.run(id, run, never);
    expect(await node.jobs.get(id)).toMatchObject({ status: 'delivering', claim: null, resultKey: null });
    expect(await delayed()).toContain(`${id}-deliver-${run + 1}`);
  });

  it('has another video made when there is no link that lives', async () => {
    const job = await newJob();
    world.results.answer = (_, response) => {
      response.statusCode = 410;
      response.end();
    };
    await delivering.run(job.id, job.run, never);
    expect(await node.jobs.get(job.id)).toMatchObject({
      status: 'queued',
      errorClass: 'TEMPORARY',
      errorCode: 'RESULT_GONE',
      resultUrl: null,
      providerTaskId: null,
    });
    expect(node.frontend.of(job.id)).toEqual(['retrying']);
    expect(await balanceOf(job)).toEqual({ available: 0, held: 1 });
  });

  it('waits for a host that is not well, for the video is paid for', async () => {
    const { id, run } = await newJob();
    world.results.answer = (_, response) => {
      response.statusCode = 503;
      response.end();
    };
    await delivering.run(id, run, never);
    expect(await node.jobs.get(id)).toMatchObject({ status: 'delivering', claim: null, resultKey: null });
    expect(await delayed()).toContain(`${id}-deliver-${run + 1}`);
    world.results.reset();
    await delivering.run(id, run + 1, never);
    expect(node.frontend.of(id)).toEqual(['video']);
  });

  it('does not wait for ever', async () => {
    const { id, run } = await newJob();
    world.results.answer = (request) => request.socket.destroy();
    const later = new Date(Date.now() + 301_000);
    vi.spyOn(node.app.get(Clock), 'now').mockReturnValue(later);
    await delivering.run(id, run, never);
    // Whatever has kept it until now, it was not the host: that one has a second chance.
    const waiting = await node.jobs.get(id);
    expect(waiting).toMatchObject({ status: 'delivering', lookAt: new Date(later.getTime() + 15_000) });
    await delivering.run(id, waiting.run, never);
    expect(await node.jobs.get(id)).toMatchObject({ status: 'queued', errorCode: 'NETWORK' });
  });

  it.each([
    ['no video', (url: string) => url, 'This is a page'],
    ['a private address', () => 'http://127.0.0.1:1/video.mp4', ''],
    ['no link', () => 'file:///etc/passwd', ''],
  ])('takes %s for a failure of the provider', async (_, link, content) => {
    const { id, run } = await newJob(link(world.results.url('video.mp4')));
    world.results.answer = (_request, response) => {
      response.end(content);
    };
    await delivering.run(id, run, never);
    expect(await node.jobs.get(id)).toMatchObject({ status: 'queued', errorCode: 'UNREADABLE' });
    expect(existsSync(fileOf(id))).toBe(false);
    expect(leftovers()).toEqual([]);
  });

  it('takes nothing that is larger than any video', async () => {
    const { id, run } = await newJob();
    world.results.answer = (_, response) => {
      response.setHeader('content-length', 201 * 1_048_576);
      response.write(A_VIDEO);
    };
    await delivering.run(id, run, never);
    expect(await node.jobs.get(id)).toMatchObject({ status: 'queued', errorCode: 'UNREADABLE' });
  });

  it('leaves nothing behind for good, even when its process was killed', async () => {
    const folder = join(world.dataDir, 'work', 'generation');
    mkdirSync(folder, { recursive: true });
    for (const name of ['old.mp4', 'new.mp4']) writeFileSync(join(folder, name), 'half a vid');
    const twoHoursAgo = Date.now() / 1_000 - 7_200;
    utimesSync(join(folder, 'old.mp4'), twoHoursAgo, twoHoursAgo);
    await node.app.get(ResultDownload, { strict: false }).sweep();
    expect(leftovers()).toEqual(['new.mp4']);
    rmSync(join(folder, 'new.mp4'));
  });

  it('is handed back when the process stops in the middle of a download', async () => {
    const { id, run } = await newJob();
    const stopping = new AbortController();
    world.results.answer = (_, response) => {
      response.write(A_VIDEO.slice(0, 2), () => {
        stopping.abort(new Error('This process is stopping'));
      });
    };
    await delivering.run(id, run, stopping.signal);
    expect(await node.jobs.get(id)).toMatchObject({ status: 'delivering', claim: null, losses: 0, run: run + 1 });
    expect(leftovers()).toEqual([]);
    world.results.reset();
    await delivering.run(id, run + 1, never);
    expect(node.frontend.of(id)).toEqual(['video']);
  });

  describe('ends with what Telegram says', () => {
    const handedOver = async () => {
      const job = await newJob();
      await delivering.run(job.id, job.run, never);
      return node.jobs.get(job.id);
    };

    it('delivered: the credit is spent, once', async () => {
      const job = await handedOver();
      await Promise.all([
        delivery.settled(job.id, { state: 'sent', fileId: 'file' }),
        delivery.settled(job.id, { state: 'sent', fileId: 'file' }),
      ]);
      expect(await node.jobs.get(job.id)).toMatchObject({ status: 'delivered', resultFileId: 'file' });
      expect(await balanceOf(job)).toEqual({ available: 0, held: 0 });
    });

    it('nothing happens when its transaction is rolled back', async () => {
      const job = await handedOver();
      const observer = database.transaction(async () => {
        await delivery.settled(job.id, { state: 'sent', fileId: 'file' });
        throw new Error('Killed');
      });
      await expect(observer).rejects.toThrow('Killed');
      expect(await node.jobs.get(job.id)).toEqual(job);
      expect(await balanceOf(job)).toEqual({ available: 0, held: 1 });
    });

    it('delivered, too, while somebody has the job in his hands', async () => {
      const job = await handedOver();
      await node.jobs.claim(job.id, 'delivering', job.run);
      await delivery.settled(job.id, { state: 'sent', fileId: 'file' });
      expect(await node.jobs.get(job.id)).toMatchObject({ status: 'delivered', claim: null });
    });

    it('blocked: it is among his videos, and paid for', async () => {
      const job = await handedOver();
      await delivery.settled(job.id, { state: 'blocked' });
      expect(await node.jobs.get(job.id)).toMatchObject({ status: 'delivered', resultFileId: null });
      expect(await balanceOf(job)).toEqual({ available: 0, held: 0 });
    });

    it('refused: it has failed, and the credit is back', async () => {
      const job = await handedOver();
      await delivery.settled(job.id, { state: 'refused', code: '400', message: 'wrong file' });
      expect(await node.jobs.get(job.id)).toMatchObject({ status: 'failed', errorClass: 'UNKNOWN', errorCode: '400' });
      expect(await balanceOf(job)).toEqual({ available: 1, held: 0 });
      expect(node.frontend.of(job.id)).toEqual(['video', 'failed']);
      await delivery.settled(job.id, { state: 'sent', fileId: 'file' });
      expect(await node.jobs.get(job.id)).toMatchObject({ status: 'failed' });
      expect((await node.jobs.timeline(job.id)).at(-1)!.note).toContain('sent');
    });
  });
});
