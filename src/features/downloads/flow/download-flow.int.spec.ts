import type { INestApplication } from '@nestjs/common';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DownloadDelivery, DownloadsFrontend, DownloadsService } from '../index.js';
import { NotApplicable, ProviderError } from '../errors/provider-error.js';
import { Database } from '../../../platform/database/database.js';
import { Redis } from '../../../platform/redis/redis.js';
import {
  arrive,
  ask,
  asker,
  downloadsWorld,
  forgetFailures,
  goodVideo,
  untilAborted,
  type DownloadsWorld,
  type FakeFrontend,
} from '../testing/downloads-world.js';
import { eventually } from '../../../../test/support/eventually.js';

describe('a download', () => {
  let world: DownloadsWorld;
  let app: INestApplication;
  let frontend: FakeFrontend;
  let database: Database;
  let links = 0;

  beforeAll(async () => {
    world = await downloadsWorld();
    app = await world.start();
    frontend = app.get<FakeFrontend>(DownloadsFrontend);
    database = app.get(Database);
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    await forgetFailures(app);
    for (const provider of [world.first, world.second]) {
      provider.calls = [];
      provider.act = (call) => Promise.resolve(goodVideo(call));
    }
  });

  const newLink = () => `https://youtu.be/${String((links += 1)).padStart(11, 'x')}`;
  const says = (requestId: string, what: string) => eventually(() => frontend.of(requestId).includes(what), 20_000);
  const attemptsOf = (requestId: string) =>
    database.query(
      `SELECT provider, outcome, error_code AS code, error_class AS class FROM download_attempts
       WHERE request_id = $1 ORDER BY started_at`,
      [requestId],
    );
  const stateOf = async (requestId: string) =>
    (await database.query<{ state: string }>('SELECT state FROM download_requests WHERE id = $1', [requestId]))[0]
      ?.state;

  it('goes through its phases to the outbox, and is delivered when Telegram has it', async () => {
    const { id } = await ask(app, newLink());
    await says(id, 'sent new');
    expect(await stateOf(id)).toBe('uploading');
    expect(existsSync(join(world.dataDir, 'storage', 'downloads', id, 'media.mp4'))).toBe(true);
    await arrive(app, id);
    await says(id, 'delivered');
    expect(frontend.of(id).filter((what, index, all) => what !== all[index - 1])).toEqual([
      'ack finding',
      'finding',
      'downloading',
      'processing',
      'uploading',
      'sent new',
      'delivered',
    ]);
    expect(await attemptsOf(id)).toEqual([{ provider: 'yt-dlp', outcome: 'succeeded', code: null, class: null }]);
    expect(existsSync(join(world.dataDir, 'storage', 'downloads', id))).toBe(false);
    expect(readdirSync(join(world.dataDir, 'work', 'downloads'))).toEqual([]);
  });

  it('is answered from what Telegram has, whoever asks and however the link is written', async () => {
    const first = await ask(app, 'https://www.youtube.com/watch?v=dQw4w9WgXcQ&si=abc');
    await says(first.id, 'sent new');
    await arrive(app, first.id);
    const again = await ask(app, 'https://youtu.be/dQw4w9WgXcQ?t=3');
    expect(frontend.of(again.id)).toEqual(['sent known']);
    expect(world.first.calls).toHaveLength(1);
  });

  it('takes the next provider when one fails, and records both', async () => {
    world.first.act = () => Promise.reject(new ProviderError('HTTP_403', 'forbidden'));
    const { id } = await ask(app, newLink());
    await says(id, 'sent new');
    expect(await attemptsOf(id)).toEqual([
      { provider: 'yt-dlp', outcome: 'failed', code: 'HTTP_403', class: 'HARD_KILL' },
      { provider: 'direct', outcome: 'succeeded', code: null, class: null },
    ]);
  });

  it('lists the tries that an attempt was made of', async () => {
    world.first.act = (call, sink) => {
      sink.tried({ kind: 'first', errorCode: 'BYTES_403' }, 'reextract');
      return Promise.resolve(goodVideo(call));
    };
    const { id } = await ask(app, newLink());
    await says(id, 'sent new');
    const [attempt] = await database.query<{ tries: unknown }>(
      'SELECT tries FROM download_attempts WHERE request_id = $1',
      [id],
    );
    expect(attempt?.tries).toEqual([
      { kind: 'first', egress: 'direct', errorCode: 'BYTES_403' },
      { kind: 'reextract', egress: 'direct', errorCode: null },
    ]);
  });

  it('passes over a provider that the link is nothing for, without an attempt', async () => {
    world.first.act = () => Promise.reject(new NotApplicable('not mine'));
    const { id } = await ask(app, newLink());
    await says(id, 'sent new');
    expect(await attemptsOf(id)).toMatchObject([{ provider: 'direct' }]);
  });

  it('does not try others when the content itself is the trouble', async () => {
    world.first.act = () => Promise.reject(new ProviderError('CONTENT_PRIVATE', 'private video'));
    const { id } = await ask(app, newLink());
    await says(id, 'failed CONTENT_PRIVATE');
    expect(world.second.calls).toHaveLength(0);
    expect(await stateOf(id)).toBe('failed');
  });

  it('never delivers half a video: the next provider is tried (point 18)', async () => {
    world.first.act = (call) => Promise.resolve({ ...goodVideo(call), expectedDurationSec: 120 });
    const { id } = await ask(app, newLink());
    await says(id, 'sent new');
    expect(await attemptsOf(id)).toMatchObject([{ outcome: 'failed', code: 'STALL' }, { provider: 'direct' }]);
  });

  it('of the same medium is done once for all who ask, and each is served', async () => {
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    world.first.act = async (call) => {
      await gate;
      return goodVideo(call);
    };
    const link = newLink();
    const requests = await Promise.all(Array.from({ length: 10 }, () => ask(app, link)));
    await eventually(() => world.first.calls.length === 1);
    release();
    const leader = await eventually(() => requests.find(({ id }) => frontend.of(id).includes('sent new')));
    await arrive(app, leader.id);
    for (const { id } of requests) if (id !== leader.id) await says(id, 'sent known');
    expect(world.first.calls).toHaveLength(1);
  });

  it('is cancelled by its asker alone, and leaves nothing behind', async () => {
    world.first.act = untilAborted;
    const who = asker();
    const { id } = await ask(app, newLink(), who);
    await eventually(() => world.first.calls.length === 1);
    const service = app.get(DownloadsService);
    expect(await service.cancel(id, who.tgUserId + 1_000)).toBe('not_yours');
    expect(await service.cancel(id, who.tgUserId)).toBe('done');
    await says(id, 'cancelled');
    await eventually(() => readdirSync(join(world.dataDir, 'work', 'downloads')).length === 0);
    expect(await attemptsOf(id)).toMatchObject([{ outcome: 'cancelled' }]);
    expect(await service.cancel(id, who.tgUserId)).toBe('too_late');
  });

  it('goes on for those who still wait when the first asker cancels', async () => {
    world.first.act = untilAborted;
    const [who, link] = [asker(), newLink()];
    const leader = await ask(app, link, who);
    await eventually(() => world.first.calls.length === 1);
    const [heir, third] = [await ask(app, link), await ask(app, link)];
    const following = 'SELECT FROM download_requests WHERE leader_id = $1';
    await eventually(async () => (await database.query(following, [leader.id])).length === 2);
    world.first.act = (call) => Promise.resolve(goodVideo(call));
    await app.get(DownloadsService).cancel(leader.id, who.tgUserId);
    await says(heir.id, 'sent new');
    await arrive(app, heir.id);
    await says(third.id, 'sent known');
    expect(frontend.of(leader.id).at(-1)).toBe('cancelled');
  });

  it('is made anew when Telegram has forgotten the file', async () => {
    const link = newLink();
    const first = await ask(app, link);
    await says(first.id, 'sent new');
    await arrive(app, first.id);
    const again = await ask(app, link);
    await app.get(DownloadDelivery).refused(again.id, { staleFileId: true, code: 'TELEGRAM_400' });
    await says(again.id, 'sent new');
    expect(world.first.calls).toHaveLength(2);
  });

  it('is taken up again when its worker was lost', async () => {
    world.first.act = untilAborted;
    const who = asker();
    const { id } = await ask(app, newLink(), who);
    await eventually(() => world.first.calls.length === 1);
    await database.query(
      `UPDATE download_requests SET lease_until = now() - interval '1 s', claim = NULL WHERE id = $1`,
      [id],
    );
    await eventually(() => world.first.calls.length === 2, 20_000);
    expect(await attemptsOf(id)).toMatchObject([{ outcome: 'cancelled' }, { outcome: null }]);
    await app.get(DownloadsService).cancel(id, who.tgUserId);
  });

  it('is not lost when Redis is flushed before its job has been taken', async () => {
    world.first.act = untilAborted;
    const busy = asker();
    for (let index = 0; index < 3; index += 1) await ask(app, newLink(), { ...busy, messageId: 10_000 + index });
    await eventually(() => world.first.calls.length === 3);
    const waiting = await ask(app, newLink(), { ...busy, messageId: 10_003 });
    await app.get(Redis).client.flushAll();
    world.first.act = (call) => Promise.resolve(goodVideo(call));
    const held = await database.query<{ id: string; tg_user_id: string }>(
      `SELECT id, tg_user_id FROM download_requests WHERE state = 'downloading' AND message_id >= 10000`,
    );
    for (const { id, tg_user_id } of held) await app.get(DownloadsService).cancel(id, Number(tg_user_id));
    await says(waiting.id, 'sent new');
  });
});

describe('a download that takes long', () => {
  let world: DownloadsWorld;
  let app: INestApplication;
  let frontend: FakeFrontend;

  beforeAll(async () => {
    world = await downloadsWorld();
    app = await world.start({ MAX_USER_WAIT_SEC: '0.2', MAX_DOWNLOAD_SEC: '6' });
    frontend = app.get<FakeFrontend>(DownloadsFrontend);
    world.first.act = untilAborted;
  });
  afterAll(() => world.close());

  it('goes on in the background with a word, and is ended when its time is up (point 11)', async () => {
    const { id } = await ask(app, 'https://youtu.be/takestoolng');
    const inBackground = 'SELECT FROM download_requests WHERE id = $1 AND in_background';
    await eventually(async () => (await app.get(Database).query(inBackground, [id])).length === 1);
    await eventually(() => frontend.of(id).includes('failed STALL'));
    expect(world.second.calls).toHaveLength(0);
  });
});
