import type { INestApplication } from '@nestjs/common';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DownloadsProcessor } from '../downloads.processor.js';
import { DownloadDelivery, DownloadsFrontend, DownloadsService } from '../index.js';
import { DownloadWorker } from './download-worker.js';
import { WorkFolders } from './work-folders.js';
import { newErrorRef } from '../requests/error-ref.js';
import { ClaimsRepository } from '../requests/claims.repository.js';
import { RequestsRepository } from '../requests/requests.repository.js';
import { Database } from '../../../platform/database/database.js';
import {
  ask,
  asker,
  downloadsWorld,
  goodVideo,
  untilAborted,
  type DownloadsWorld,
  type FakeFrontend,
} from '../testing/downloads-world.js';
import { eventually } from '../../../../test/support/eventually.js';

describe('a download that several want, or lose', () => {
  let world: DownloadsWorld;
  let app: INestApplication;
  let frontend: FakeFrontend;
  let database: Database;
  let requests: RequestsRepository;
  let claims: ClaimsRepository;
  let delivery: DownloadDelivery;
  let service: DownloadsService;
  let links = 0;

  beforeAll(async () => {
    world = await downloadsWorld();
    app = await world.start({ MAX_USER_WAIT_SEC: '2' });
    frontend = app.get<FakeFrontend>(DownloadsFrontend);
    database = app.get(Database);
    requests = app.get(RequestsRepository);
    claims = app.get(ClaimsRepository);
    delivery = app.get(DownloadDelivery);
    service = app.get(DownloadsService);
  });
  afterAll(() => world.close());
  beforeEach(() => {
    for (const provider of [world.first, world.second]) {
      provider.calls = [];
      provider.act = (call) => Promise.resolve(goodVideo(call));
    }
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await database.query(
      `UPDATE download_requests SET state = 'failed', claim = NULL, lease_until = NULL WHERE state NOT IN ('delivered', 'failed', 'cancelled')`,
    );
    await eventually(() => readdirSync(join(world.dataDir, 'work', 'downloads')).length === 0);
  });

  const newLink = () => `https://youtu.be/${String((links += 1)).padStart(11, 'r')}`;
  const says = (requestId: string, what: string, deadlineMs = 15_000) =>
    eventually(() => frontend.of(requestId).includes(what), deadlineMs);
  const write = (who = asker()) =>
    requests.insert({
      ...who,
      link: 'l',
      canonicalUrl: 'l',
      platform: 'youtube',
      mediaKey: newLink(),
      options: { quality: 'best', kind: 'video' },
      errorRef: newErrorRef(),
    });
  const stateOf = async (requestId: string) => (await requests.get(requestId)).state;

  it('is cancelled in the end when the worker that was told to has died', async () => {
    world.first.act = untilAborted;
    const { id } = await ask(app, newLink());
    await eventually(() => world.first.calls.length === 1);
    await database.query(
      `UPDATE download_requests SET cancel_requested = true, claim = gen_random_uuid(), lease_until = now() - interval '1 s'
       WHERE id = $1`,
      [id],
    );
    await app.get(DownloadsProcessor).reconcile();
    expect(await stateOf(id)).toBe('cancelled');
    await says(id, 'cancelled');
  });

  it('never arrives after its cancellation has been accepted', async () => {
    const who = asker();
    world.first.act = async (call) => {
      await requests.requestCancel(request.id); // Pressed in another process; the hint to hurry got lost.
      return goodVideo(call);
    };
    let resolve: () => void = () => undefined;
    const known = new Promise<void>((found) => (resolve = found));
    const act = world.first.act;
    world.first.act = async (call, sink) => {
      await known;
      return act(call, sink);
    };
    const request = await ask(app, newLink(), who);
    resolve();
    await eventually(async () => ['uploading', 'cancelled'].includes(await stateOf(request.id)));
    expect(await stateOf(request.id)).toBe('cancelled');
  });

  it('is cancelled also when a worker takes it up just then', async () => {
    world.first.act = untilAborted;
    for (let round = 0; round < 20; round += 1) {
      const who = asker();
      const { id } = await write(who);
      const [, cancelled] = await Promise.all([claims.claim(id, 3), service.cancel(id, who.tgUserId)]);
      expect(cancelled).toBe('done');
      const request = await requests.get(id);
      expect(request.state === 'cancelled' || request.cancelRequested).toBe(true);
    }
  });

  it('of those who waited goes on when the first asker has blocked the bot', async () => {
    const link = newLink();
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    world.first.act = async (call) => {
      await gate;
      return goodVideo(call);
    };
    const leader = await ask(app, link);
    await eventually(() => world.first.calls.length === 1);
    const follower = await ask(app, link);
    release();
    await says(leader.id, 'sent new');
    await delivery.refused(leader.id, { staleFileId: false, code: 'TELEGRAM_403' });
    expect(frontend.of(follower.id)).not.toContain('failed TELEGRAM_403');
    await says(follower.id, 'sent new');
  });

  it('that a worker has lost is not failed by it for those who wait', async () => {
    world.first.act = untilAborted;
    const link = newLink();
    const leader = await ask(app, link);
    await eventually(() => world.first.calls.length === 1);
    const follower = await ask(app, link);
    await eventually(async () => (await requests.get(follower.id)).leaderId === leader.id);
    const stale = await requests.get(leader.id);
    stale.claim = '00000000-0000-4000-8000-000000000000';
    await delivery.fail(stale, { code: 'STALL', overloaded: false });
    expect(await stateOf(follower.id)).toBe('queued');
  });

  it('keeps its folder when the worker that lost it clears up', async () => {
    let ended = false;
    world.first.act = async (call) => {
      if (world.first.calls.length > 1) return untilAborted(call);
      // A program that takes its time to die.
      await eventually(() => world.first.calls.length > 1, 20_000);
      ended = true;
      return untilAborted(call);
    };
    const { id } = await ask(app, newLink());
    await eventually(() => world.first.calls.length === 1);
    await database.query(
      `UPDATE download_requests SET lease_until = now() - interval '1 s', claim = gen_random_uuid() WHERE id = $1`,
      [id],
    );
    const second = await eventually(() => world.first.calls[1], 20_000);
    await eventually(() => ended);
    await eventually(() => readdirSync(join(world.dataDir, 'work', 'downloads')).length === 1);
    expect(existsSync(second.workDir)).toBe(true);
  });

  it('is handed back at once when its worker is stopping already', async () => {
    world.first.act = untilAborted;
    const { id } = await write();
    await app.get(DownloadWorker).work(id, AbortSignal.abort());
    expect(await stateOf(id)).toBe('queued');
  });

  it('holds no more than a person may have at work, however many jobs start together', async () => {
    const who = asker();
    const rows = [];
    for (let index = 0; index < 8; index += 1) rows.push(await write(who));
    const claimed = await Promise.all(rows.map(({ id }) => claims.claim(id, 3)));
    expect(claimed.filter(Boolean)).toHaveLength(3);
  });

  it('does not wait for another person whose turn is far off', async () => {
    world.first.act = untilAborted;
    const busy = asker();
    for (let index = 0; index < 3; index += 1) {
      await ask(app, newLink(), { ...busy, messageId: 30_000 + index });
    }
    await eventually(() => world.first.calls.length === 3);
    const link = newLink();
    await ask(app, link, { ...busy, messageId: 30_003 });
    world.first.act = (call) => Promise.resolve(goodVideo(call));
    const { id } = await ask(app, link);
    await says(id, 'sent new');
  });

  it('is found by the reconciler behind any number of one person’s that wait their turn', async () => {
    const insert = (count: number, user: number, tag: string) =>
      database.query(
        `INSERT INTO download_requests (error_ref, bot, chat_id, message_id, tg_user_id, language, link, canonical_url,
           platform, media_key, options, timings, state, claim, lease_until)
         SELECT $3 || g, 'downloader', 1, 1, $2, 'en', 'l', 'l', 'youtube', $3 || g, '{}', '{}',
           CASE WHEN $3 = 'W' THEN 'downloading' ELSE 'queued' END,
           CASE WHEN $3 = 'W' THEN gen_random_uuid() END, CASE WHEN $3 = 'W' THEN now() + interval '1 min' END
         FROM generate_series(1, $1::int) g`,
        [count, user, tag],
      );
    await insert(3, 777, 'W');
    await insert(200, 777, 'Q');
    await insert(1, 778, 'L');
    const found = (await claims.findStranded(3)).map(({ id }) => id);
    const [lonely] = await database.query<{ id: string }>(`SELECT id FROM download_requests WHERE tg_user_id = 778`);
    expect(found).toContain(lonely?.id);
  });

  it('tells a person who waits in the queue for long that it goes on', async () => {
    world.first.act = untilAborted;
    const busy = asker();
    for (let index = 0; index < 3; index += 1) {
      await ask(app, newLink(), { ...busy, messageId: 40_000 + index });
    }
    await eventually(() => world.first.calls.length === 3);
    const { id } = await ask(app, newLink(), { ...busy, messageId: 40_003 });
    await eventually(async () => (await requests.get(id)).inBackground, 12_000);
  });

  it('says while it is sent, too, that it goes on in the background', async () => {
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    world.first.act = async (call) => {
      await gate;
      return goodVideo(call);
    };
    const shown = vi.spyOn(frontend, 'show');
    const { id } = await ask(app, newLink());
    await eventually(async () => (await requests.get(id)).inBackground, 10_000);
    release();
    await says(id, 'sent new');
    const uploading = shown.mock.calls.find(([request, phase]) => request.id === id && phase.kind === 'uploading');
    expect(uploading?.[0].inBackground).toBe(true);
  });

  it('with a title that PostgreSQL cannot store is delivered all the same', async () => {
    world.first.act = (call) => Promise.resolve({ ...goodVideo(call), title: 'a\u0000b' });
    const { id } = await ask(app, newLink());
    await says(id, 'sent new');
  });

  it('is asked for with others by two people in opposite order without a deadlock', async () => {
    for (let round = 0; round < 10; round += 1) {
      const [one, two] = [newLink(), newLink()];
      await Promise.all([service.ask(asker(), [one, two]), service.ask(asker(), [two, one])]);
    }
  });

  it('keeps its folder while the database is away', async () => {
    world.first.act = untilAborted;
    await ask(app, newLink());
    const call = await eventually(() => world.first.calls[0]);
    vi.spyOn(requests, 'find').mockRejectedValue(new Error('Connection terminated'));
    await app
      .get(WorkFolders)
      .sweep()
      .catch(() => undefined);
    expect(existsSync(call.workDir)).toBe(true);
  });
});
