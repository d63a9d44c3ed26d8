import { readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { testStores, type TestStores } from '../../../../test/support/stores.js';
import { Clock } from '../../../platform/clock/clock.js';
import { ManualClock } from '../../../platform/clock/testing/manual-clock.js';
import { processConfig, type ProcessConfig } from '../../../platform/config/process.config.js';
import { Database } from '../../../platform/database/database.js';
import { DiscoveryModule } from '../../../platform/discovery/discovery.module.js';
import { EventsModule } from '../../../platform/events/events.module.js';
import { startApi, type TestApi } from '../../../platform/http-server/testing/start-api.js';
import { QueueModule } from '../../../platform/queue/queue.module.js';
import { storageConfig } from '../../../platform/storage/storage.config.js';
import { Storage } from '../../../platform/storage/storage.js';
import { StorageModule } from '../../../platform/storage/storage.module.js';
import { jpegHead, png } from '../../../sandbox/testing/pictures.js';
import { creditsGround, personOf } from '../../credits/testing/credits-ground.js';
import { Ledger } from '../../credits/index.js';
import { generationConfig } from '../generation.config.js';
import { PhotoWorkFolder } from './photo-work-folder.js';
import { Photos, type PhotoOutcome } from './photos.js';
import { PhotosModule } from './photos.module.js';

const BASE = 'https://nexus.example';
const DAY_MS = 86_400_000;

/** As a camera writes it: another segment goes before the size. */
const jpeg = (width: number, height: number) => {
  const head = jpegHead(width, height);
  const segment = Buffer.from([0xff, 0xe0, 0, 16, ...Buffer.from('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0]);
  return Buffer.concat([head.subarray(0, 2), segment, head.subarray(2)]);
};

describe('Photos', () => {
  const clock = new ManualClock();
  let stores: TestStores;
  let api: TestApi;
  let photos: Photos;
  let people = 0;

  beforeAll(async () => {
    stores = await testStores();
    api = await startApi({
      stores,
      groups: [...creditsGround.groups, storageConfig, generationConfig],
      imports: [DiscoveryModule, EventsModule, QueueModule, StorageModule, ...creditsGround.imports, PhotosModule],
      replace: [[Clock, clock]],
      env: { NEXUS_ROLES: 'api', PUBLIC_BASE_URL: BASE, WELCOME_CREDITS: '2', WELCOME_CREDITS_PER_DAY: '11' },
    });
    photos = api.app.get(Photos, { strict: false });
  });
  afterAll(async () => {
    await api.close();
    await stores.close();
  });
  beforeEach(() => {
    clock.advance(DAY_MS);
  });

  const newcomer = () => ++people;
  const accept = (tgUserId: number, ...content: Buffer[]) => photos.accept(tgUserId, Readable.from(content));
  const accepted = async (tgUserId: number, content = png(400, 300)) => {
    const outcome = await accept(tgUserId, content);
    if (outcome.outcome !== 'accepted') throw new Error(`It is ${outcome.outcome}`);
    return outcome;
  };
  const creditsOf = async (tgUserId: number) =>
    (await api.app.get(Ledger, { strict: false }).balance(personOf(tgUserId))).available;
  const storedPhotos = () => api.app.get(Storage).list('generation/photos');
  const workFolder = () => {
    const { dataDir } = api.app.get<ProcessConfig>(processConfig.key);
    return readdirSync(join(dataDir, 'work', 'photos'));
  };

  it('stores what is a picture, whatever it was called', async () => {
    const anna = newcomer();
    const { photo } = await accepted(anna, png(400, 300));
    expect(photo).toMatchObject({ tgUserId: anna, contentType: 'image/png', width: 400, height: 300 });
    expect(photo.key).toMatch(/^generation\/photos\/[0-9a-f-]{36}\.png$/);
    expect((await api.app.get(Storage).facts(photo.key)).sizeBytes).toBe(photo.sizeBytes);
    expect((await accepted(anna, jpeg(300, 900))).photo.contentType).toBe('image/jpeg');
    expect(workFolder()).toEqual([]);
  });

  it.each<[string, Buffer[], PhotoOutcome]>([
    ['words', [Buffer.from('%PDF-1.4 no picture')], { outcome: 'wrong_type' }],
    ['nothing', [], { outcome: 'wrong_type' }],
    ['a GIF', [Buffer.from('GIF89a\x90\x01\x90\x01\x00\x00\x00;', 'latin1')], { outcome: 'wrong_type' }],
    ['a small one', [png(299, 800)], { outcome: 'too_small', minPixels: 300 }],
    ['one of many pixels', [jpeg(6_001, 400)], { outcome: 'too_many_pixels', maxPixels: 6_000 }],
    [
      'more than 10 MB, however it comes',
      Array.from({ length: 11 }, (_, index) => (index ? Buffer.alloc(1024 * 1024) : png(400, 400))),
      { outcome: 'too_large', limitMb: 10 },
    ],
  ])('refuses %s, and keeps nothing of it', async (_what, content, expected) => {
    const before = await storedPhotos();
    const anna = newcomer();
    expect(await accept(anna, ...content)).toEqual(expected);
    expect(await storedPhotos()).toEqual(before);
    expect(workFolder()).toEqual([]);
    expect(await creditsOf(anna)).toBe(0);
  });

  it('keeps no file of what was not committed', async () => {
    const before = await storedPhotos();
    const failing = api.app.get(Database).transaction(async () => {
      await accepted(newcomer());
      throw new Error('The update fails');
    });
    await expect(failing).rejects.toThrow('The update fails');
    expect(await storedPhotos()).toEqual(before);
  });

  it('fails as its source does', async () => {
    const broken = new Readable({
      read() {
        this.destroy(new Error('cut off'));
      },
    });
    await expect(photos.accept(newcomer(), broken)).rejects.toThrow('cut off');
    expect(workFolder()).toEqual([]);
  });

  it('sweeps up what a killed process has left', async () => {
    await accepted(newcomer());
    const { dataDir } = api.app.get<ProcessConfig>(processConfig.key);
    const file = (name: string) => join(dataDir, 'work', 'photos', name);
    const now = clock.now().getTime() / 1_000;
    for (const [name, age] of [
      ['left', 3_601],
      ['at-work', 60],
    ] as const) {
      writeFileSync(file(name), 'a part');
      utimesSync(file(name), now - age, now - age);
    }
    await api.app.get(PhotoWorkFolder, { strict: false }).sweep();
    expect(workFolder()).toEqual(['at-work']);
    rmSync(file('at-work'));
  });

  it('is its sender’s alone, for as long as it is kept', async () => {
    const [anna, john] = [newcomer(), newcomer()];
    const { photo } = await accepted(anna);
    expect(await photos.own(anna, photo.key)).toMatchObject({ key: photo.key });
    expect(await photos.own(john, photo.key)).toBeNull();
    await api.app.get(Storage).remove(photo.key);
    expect(await photos.own(anna, photo.key)).toBeNull();
  });

  describe('welcome credits', () => {
    it('come with the first accepted photo, once', async () => {
      const anna = newcomer();
      const first = await Promise.all([1, 2, 3].map(() => accepted(anna)));
      expect(first.map(({ welcomeCredits }) => welcomeCredits).sort()).toEqual([0, 0, 2]);
      expect((await accepted(anna)).welcomeCredits).toBe(0);
      expect(await creditsOf(anna)).toBe(2);
    });

    it('are no more than the day has, however many come at once; another day has more', async () => {
      const newcomers = Array.from({ length: 8 }, newcomer);
      const given = await Promise.all(newcomers.map(async (one) => (await accepted(one)).welcomeCredits));
      expect(given.reduce((sum, each) => sum + each)).toBe(10);
      const late = newcomers.filter((_, index) => given[index] === 0);
      expect(late).toHaveLength(3);
      clock.advance(DAY_MS);
      expect((await accepted(late[0]!)).welcomeCredits).toBe(2);
      expect(await creditsOf(late[0]!)).toBe(2);
    });
  });

  describe('at their links', () => {
    const pathOf = async (content = png(400, 300)) => {
      const { photo } = await accepted(newcomer(), content);
      return (photos.publicUrl(photo.key) ?? '').slice(BASE.length);
    };

    it('are there for an hour, for whoever has the link', async () => {
      const content = png(320, 320);
      const path = await pathOf(content);
      expect(path).toMatch(/^\/api\/v1\/generation\/photos\/[\w.-]+\.png$/);
      const response = await api.call(path);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('image/png');
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(Buffer.from(await response.arrayBuffer()).equals(content)).toBe(true);
      clock.advance(3_599_000);
      expect((await api.call(path, { method: 'HEAD' })).status).toBe(200);
      clock.advance(1_000);
      expect((await api.call(path)).status).toBe(404);
    });

    it('are not there at links that were changed, nor when they are not kept any more', async () => {
      const [one, other] = [await pathOf(), await pathOf()];
      const mixed = one.replace(/[0-9a-f-]{36}\.png$/, other.slice(-40));
      const later = one.replace(/\.(\d{10})\./, (_, time: string) => `.${Number(time) + 1}.`);
      for (const path of [mixed, later, `${one}x`, '/api/v1/generation/photos/nonsense']) {
        expect([path, (await api.call(path)).status]).toEqual([path, 404]);
      }
      await api.app.get(Storage).remove('generation/photos');
      expect((await api.call(one)).status).toBe(404);
    });
  });
});
