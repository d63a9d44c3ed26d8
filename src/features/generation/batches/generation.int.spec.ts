import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Database } from '../../../platform/database/database.js';
import { Generation } from '../index.js';
import { JobEnds } from '../jobs/job-ends.js';
import { Models } from '../models/models.js';
import { VideoDelivery } from '../flow/video-delivery.js';
import { generationWorld, type GenerationNode, type GenerationWorld } from '../testing/generation-world.js';
import { walk } from '../testing/walk.js';

describe('an order', () => {
  let world: GenerationWorld;
  let nodes: GenerationNode[];
  let node: GenerationNode;
  let generation: Generation;
  let database: Database;
  beforeAll(async () => {
    world = await generationWorld();
    nodes = [await world.start(), await world.start()];
    node = nodes[0]!;
    generation = node.app.get(Generation);
    database = node.app.get(Database);
  });
  afterAll(() => world.close());
  afterEach(() => {
    vi.restoreAllMocks();
  });

  const count = async (table: string, where: string, parameters: unknown[]) => {
    const [row] = await database.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM ${table} WHERE ${where}`,
      parameters,
    );
    return row!.count;
  };
  const jobsOf = (tgUserId: number) => count('generation_jobs', 'tg_user_id = $1', [tgUserId]);
  const batchesOf = (tgUserId: number) => count('generation_batches', 'tg_user_id = $1', [tgUserId]);

  it('is a batch of jobs, each with its hold, and one word that it has begun', async () => {
    const person = await node.person(7);
    const order = await node.order(person, { count: 5, wishes: 'slowly' });
    const outcome = await generation.order(order);
    expect(outcome).toMatchObject({ outcome: 'started', batch: { size: 5, costCredits: 5, tgUserId: person } });
    if (outcome.outcome !== 'started') return;
    expect(await node.balance(person)).toEqual({ available: 2, held: 5 });
    expect(node.frontend.of(outcome.batch.id)).toEqual(['started']);
    const [jobs] = await generation.videosOf(person, { page: 1, pageSize: 20 });
    expect(jobs).toHaveLength(5);
    const [first] = jobs.toReversed();
    expect(first).toMatchObject({
      status: 'queued',
      idempotencyKey: `${order.draftId}:0`,
      costCredits: 1,
      model: 'bytedance/seedance-2',
      finalPrompt: null,
      wishes: 'slowly',
      attempts: 0,
    });
    expect(first!.templateId).not.toBeNull();
    for (const { id } of jobs) {
      expect(await count('credit_entries', `reference = $1 AND kind = 'hold'`, [`job:${id}`])).toBe(1);
      expect((await node.jobs.timeline(id)).map(({ from, to }) => [from, to])).toEqual([[null, 'queued']]);
    }
  });

  it('in own words has its prompt already, and no template', async () => {
    const [job] = await node.ordered(await node.person(1), { kind: 'own', userPrompt: 'A mug dances' });
    expect(job).toMatchObject({ finalPrompt: 'A mug dances', templateId: null });
  });

  it('confirmed twice is one, also later', async () => {
    const person = await node.person(10);
    const order = await node.order(person, { count: 3 });
    const first = await generation.order(order);
    const second = await generation.order(order);
    expect(second).toEqual({ ...first, outcome: 'repeated' });
    vi.spyOn(Models.prototype, 'pick').mockResolvedValue(null);
    expect((await generation.order(order)).outcome).toBe('repeated');
    expect(await node.balance(person)).toEqual({ available: 7, held: 3 });
  });

  it('confirmed five times at once, in two processes, is one', async () => {
    const person = await node.person(10);
    const order = await node.order(person, { count: 3 });
    const outcomes = await Promise.all(
      Array.from({ length: 5 }, (_, index) => nodes[index % 2]!.app.get(Generation).order(order)),
    );
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual([...Array<string>(4).fill('repeated'), 'started']);
    expect([await batchesOf(person), await jobsOf(person)]).toEqual([1, 3]);
    expect(await node.balance(person)).toEqual({ available: 7, held: 3 });
    const said = nodes.flatMap(({ frontend }) => frontend.shown).filter(({ what }) => what === 'started');
    const batch = outcomes.find(({ outcome }) => outcome === 'started');
    expect(said.filter(({ subject }) => batch && 'batch' in batch && subject === batch.batch.id)).toHaveLength(1);
  });

  it('at the same time as another, with credits for one, leaves the other short', async () => {
    const person = await node.person(4);
    const orders = await Promise.all([node.order(person, { count: 3 }), node.order(person, { count: 3 })]);
    const outcomes = await Promise.all(orders.map((order, index) => nodes[index]!.app.get(Generation).order(order)));
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['short', 'started']);
    expect(outcomes).toContainEqual({ outcome: 'short', missing: 2, available: 1 });
    expect([await batchesOf(person), await jobsOf(person)]).toEqual([1, 3]);
    expect(await node.balance(person)).toEqual({ available: 1, held: 3 });
  });

  it('of somebody without credits leaves nothing, and may be confirmed once he has some', async () => {
    const person = await node.person(0);
    const order = await node.order(person);
    expect(await generation.order(order)).toEqual({ outcome: 'short', missing: 1, available: 0 });
    expect([await batchesOf(person), await jobsOf(person)]).toEqual([0, 0]);
  });

  it("that is short within somebody else's transaction leaves nothing either", async () => {
    const person = await node.person(2);
    const order = await node.order(person, { count: 3 });
    const outcome = await database.transaction(() => generation.order(order));
    expect(outcome.outcome).toBe('short');
    expect(await batchesOf(person)).toBe(0);
  });

  it('that is cut off before the commit has never been', async () => {
    const person = await node.person(3);
    const order = await node.order(person, { count: 3 });
    vi.spyOn(node.frontend, 'started').mockRejectedValueOnce(new Error('Killed'));
    await expect(generation.order(order)).rejects.toThrow('Killed');
    expect([await batchesOf(person), await jobsOf(person)]).toEqual([0, 0]);
    expect(await node.balance(person)).toEqual({ available: 3, held: 0 });
    expect((await generation.order(order)).outcome).toBe('started');
  });

  it('needs a photo of the same person that is still there', async () => {
    const [person, other] = [await node.person(5), await node.person(5)];
    const { photoKey } = await node.order(other);
    expect(await generation.order(await node.order(person, { photoKey }))).toEqual({ outcome: 'photo_gone' });
    const order = await node.order(person);
    rmSync(join(world.dataDir, 'storage', order.photoKey));
    expect(await generation.order(order)).toEqual({ outcome: 'photo_gone' });
    expect(await jobsOf(person)).toBe(0);
  });

  it('keeps its photo from being tidied away', async () => {
    const person = await node.person(1);
    const order = await node.order(person);
    await database.query(`UPDATE generation_photos SET last_used_at = now() - interval '29 days' WHERE key = $1`, [
      order.photoKey,
    ]);
    await generation.order(order);
    const fresh = `key = $1 AND last_used_at > now() - interval '1 minute'`;
    expect(await count('generation_photos', fresh, [order.photoKey])).toBe(1);
  });

  it('without a model takes nothing', async () => {
    const person = await node.person(1);
    vi.spyOn(Models.prototype, 'pick').mockResolvedValue(null);
    expect(await generation.order(await node.order(person))).toEqual({ outcome: 'unavailable' });
    expect(await node.balance(person)).toEqual({ available: 1, held: 0 });
  });

  it('costs what was shown', async () => {
    const person = await node.person(4);
    expect(await generation.price(person, 'ad')).toEqual({ perVideo: 1, available: 4 });
    await node.ordered(person, { kind: 'ad', count: 3 });
    expect(await generation.price(person, 'own')).toEqual({ perVideo: 1, available: 1 });
  });

  describe('when it was delivered', () => {
    const delivered = async (person: number, fileId: string | null, resultKey: string | null = null) => {
      const [job] = await node.ordered(person);
      await walk(node.jobs, job!.id, 'submitting', 'generating', 'delivering');
      if (resultKey !== null) await node.jobs.write(job!.id, { resultKey });
      await node.app.get(JobEnds, { strict: false }).deliver(await node.jobs.get(job!.id), fileId);
      return node.jobs.get(job!.id);
    };

    it("is among the person's videos, with those on their way, the newest first, by pages", async () => {
      const person = await node.person(10);
      const watchable = await delivered(person, 'file-1');
      const gone = await delivered(person, null);
      const [failed] = await node.ordered(person);
      await walk(node.jobs, failed!.id, 'failed');
      const moving = await node.ordered(person, { count: 3 });
      const [all, total] = await generation.videosOf(person, { page: 1, pageSize: 20 });
      expect(total).toBe(4);
      expect(all.map(({ id }) => id)).toEqual([...moving.map(({ id }) => id).toReversed(), watchable.id]);
      const [second] = await generation.videosOf(person, { page: 2, pageSize: 3 });
      expect(second.map(({ id }) => id)).toEqual([watchable.id]);
      expect(all.map(({ id }) => id)).not.toContain(gone.id);
    });

    it('is his alone', async () => {
      const [person, other] = [await node.person(1), await node.person(0)];
      const { id } = await delivered(person, 'file-2');
      expect(await generation.ownJob(person, id)).toMatchObject({ id });
      expect(await generation.ownJob(other, id)).toBeNull();
      expect(await generation.ownJob(person, randomUUID())).toBeNull();
      expect(await generation.sendAgain(other, id, 'again:0')).toBe(false);
      expect(node.frontend.of(id)).toEqual([]);
    });

    it('is sent again by what Telegram knows it by', async () => {
      const person = await node.person(1);
      const { id } = await delivered(person, 'file-3');
      expect(await generation.sendAgain(person, id, 'again:1')).toBe(true);
      expect(node.frontend.shown.at(-1)).toEqual({
        what: 'again',
        subject: id,
        source: { fileId: 'file-3' },
        key: 'again:1',
      });
    });

    it('is sent from the storage when Telegram has forgotten it, and known anew then', async () => {
      const person = await node.person(1);
      const { photoKey } = await node.order(person);
      const { id } = await delivered(person, 'file-4', photoKey);
      const delivery = node.app.get(VideoDelivery);
      await delivery.settled(id, { state: 'stale' });
      await delivery.settled(id, { state: 'stale' });
      expect(node.frontend.of(id)).toEqual(['again']);
      expect(node.frontend.shown.at(-1)!.source).toEqual({ storageKey: photoKey, sizeBytes: 7 });
      await delivery.settled(id, { state: 'sent', fileId: 'file-5' });
      expect(await node.jobs.get(id)).toMatchObject({ resultFileId: 'file-5', status: 'delivered' });
    });

    it('is not sent when nobody has it any more', async () => {
      const person = await node.person(2);
      const { id } = await delivered(person, null, `generation/${randomUUID()}/video.mp4`);
      expect(await generation.sendAgain(person, id, 'again:2')).toBe(false);
      const [moving] = await node.ordered(person);
      expect(await generation.sendAgain(person, moving!.id, 'again:3')).toBe(false);
    });
  });
});
