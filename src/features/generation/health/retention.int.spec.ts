import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Storage } from '../../../platform/storage/storage.js';
import { GenerationJob } from '../jobs/generation-job.entity.js';
import { GenerationPhoto } from '../photos/generation-photo.entity.js';
import { resultKeyOf } from '../results/results.js';
import { makeEvent, makeJob } from '../testing/make-job.js';
import { Retention } from './retention.js';
import { healthWorld, type HealthWorld } from './testing/health-world.js';

const DAY_MS = 86_400_000;

describe('what generation keeps', () => {
  let world: HealthWorld;
  let storage: Storage;
  let folder: string;
  beforeAll(async () => {
    world = await healthWorld({ KEEP_GENERATION_PHOTOS: '30', KEEP_GENERATION_RESULTS: '180' });
    storage = world.get(Storage);
    folder = await mkdtemp(join(tmpdir(), 'nexus-kept-'));
  });
  afterAll(async () => {
    await world.close();
    await rm(folder, { recursive: true });
  });
  beforeEach(() => world.empty());

  const ago = (days: number) => new Date(world.clock.now().getTime() - days * DAY_MS);
  const store = async (key: string) => {
    const path = join(folder, 'file');
    writeFileSync(path, 'bytes');
    await storage.adopt(key, path);
  };
  const makePhoto = async (name: string, lastUsedAt: Date) => {
    const key = `generation/photos/7/${name}.jpg`;
    await store(key);
    const facts = { contentType: 'image/jpeg', sizeBytes: 5, width: 512, height: 512 } as const;
    await world.database
      .repository(GenerationPhoto)
      .insert({ key, tgUserId: 7, ...facts, createdAt: ago(90), lastUsedAt });
    return key;
  };
  const makeResult = async (fields: Partial<GenerationJob>) => {
    const id = await makeJob(world.database, fields);
    const key = resultKeyOf(id);
    await store(key);
    await world.database.repository(GenerationJob).update({ id }, { resultKey: key, resultFileId: 'file-id' });
    return { id, key };
  };
  const sweep = () => world.get(Retention).sweep();
  const photos = async () => (await world.database.repository(GenerationPhoto).find()).map(({ key }) => key).sort();

  it('photos go some time after their last job, with their files', async () => {
    const kept = [
      await makePhoto('fresh', ago(29)),
      await makePhoto('moving', ago(31)),
      await makePhoto('of a late job', ago(31)),
    ];
    const gone = [await makePhoto('old', ago(31)), await makePhoto('of an old job', ago(31))];
    await makeJob(world.database, { photoKey: kept[1], createdAt: ago(31), status: 'queued' });
    await makeJob(world.database, {
      photoKey: kept[2],
      createdAt: ago(31),
      updatedAt: ago(29),
      status: 'failed',
    });
    await makeJob(world.database, { photoKey: gone[1], createdAt: ago(31), status: 'delivered' });
    await sweep();
    expect(await photos()).toEqual([...kept].sort());
    for (const key of kept) expect(await storage.exists(key)).toBe(true);
    for (const key of gone) expect(await storage.exists(key)).toBe(false);
  });

  it('a photo whose file went in a sweep that did not end is gone with the next one', async () => {
    await storage.remove(await makePhoto('half gone', ago(31)));
    await sweep();
    expect(await photos()).toEqual([]);
  });

  it('a photo that somebody orders with at this moment stays', async () => {
    const key = await makePhoto('just ordered with', ago(31));
    let [use, end] = [() => {}, () => {}];
    const used = new Promise<void>((resolve) => (use = resolve));
    const swept = new Promise<void>((resolve) => (end = resolve));
    const ordering = world.database.transaction(async () => {
      await world.database.query('UPDATE generation_photos SET last_used_at = $2 WHERE key = $1', [key, ago(0)]);
      use();
      await swept;
    });
    await used;
    await sweep();
    end();
    await ordering;
    expect(await photos()).toEqual([key]);
    expect(await storage.exists(key)).toBe(true);
  });

  it('videos go, jobs stay with all that the books and «My videos» need', async () => {
    const old = await makeResult({ status: 'delivered', createdAt: ago(181), resultUrl: 'https://example.com/1.mp4' });
    await makeEvent(world.database, old.id, { from: null, to: 'queued', at: ago(181) });
    const refused = await makeResult({ status: 'failed', createdAt: ago(181) });
    const fresh = await makeResult({ status: 'delivered', createdAt: ago(179) });
    const moving = await makeResult({ status: 'delivering', createdAt: ago(181) });
    await sweep();
    for (const { id, key } of [old, refused]) {
      expect(await storage.list(`generation/${id}`)).toEqual([]);
      expect(await storage.exists(key)).toBe(false);
      const job = await world.database.repository(GenerationJob).findOneByOrFail({ id });
      expect(job).toMatchObject({ resultKey: null, resultFileId: 'file-id', updatedAt: ago(181) });
    }
    for (const { id, key } of [fresh, moving]) {
      expect(await storage.exists(key)).toBe(true);
      expect(await world.database.repository(GenerationJob).findOneByOrFail({ id })).toMatchObject({ resultKey: key });
    }
    const events = await world.database.query('SELECT 1 FROM generation_job_events WHERE job_id = $1', [old.id]);
    expect(events).toHaveLength(1);
  });

  it('all that is old goes at once, however much it is', async () => {
    await world.database.query(
      `INSERT INTO generation_photos (key, tg_user_id, content_type, size_bytes, width, height, last_used_at)
       SELECT 'generation/photos/7/many-' || number, 7, 'image/jpeg', 5, 512, 512, $1 FROM generate_series(1, 250) number`,
      [ago(31)],
    );
    await sweep();
    expect(await photos()).toEqual([]);
  });
});
