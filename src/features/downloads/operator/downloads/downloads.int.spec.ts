import { randomUUID } from 'node:crypto';
import type { Page } from '../../../../platform/http-server/paging.js';
import { insertAttempt, insertRequest } from '../testing/history.js';
import { operatorApi, type OperatorApi } from '../testing/operator-api.js';
import { ScriptedProvider } from '../testing/scripted-provider.js';
import type { DownloadDetailsDto, DownloadDto } from './download.dto.js';

describe('/api/v1/downloads', () => {
  let world: OperatorApi;
  let oldest: string;
  let middle: string;
  let newest: string;
  const ask: OperatorApi['ask'] = (path, call) => world.ask(path, call);

  beforeAll(async () => {
    world = await operatorApi([new ScriptedProvider('yt-dlp', 'local')]);
    oldest = await insertRequest(world.database, {
      errorRef: 'AAAABBBB',
      createdAt: new Date('2026-11-18T10:00:00Z'),
      state: 'delivered',
      title: 'A 100% good video',
      fix: 'remux',
      durationSec: 19.5,
      tgUserId: 7_000_000_001,
      chatId: -1_002_000_000_001,
    });
    middle = await insertRequest(world.database, { createdAt: new Date('2026-11-19T10:00:00Z'), platform: 'tiktok' });
    newest = await insertRequest(world.database, {
      createdAt: new Date('2026-11-20T10:00:00Z'),
      state: 'failed',
      errorClass: 'CONTENT',
      errorCode: 'CONTENT_PRIVATE',
      link: 'https://instagram.com/p/Cabcdefgh/',
    });
  });
  afterAll(() => world.close());

  const idsOf = async (query: string) =>
    (await ask<Page<DownloadDto>>(`/downloads?${query}`)).body.items.map(({ id }) => id);

  it('is for admins alone', async () => {
    for (const path of ['/downloads', `/downloads/${oldest}`]) {
      expect((await ask(path, { token: null })).status).toBe(401);
      expect((await ask(path, { token: world.userToken })).status).toBe(403);
    }
  });

  it('lists what people have asked for, the newest first', async () => {
    const { body } = await ask<Page<DownloadDto>>('/downloads');
    expect(body).toMatchObject({ total: 3, items: [{ id: newest }, { id: middle }, { id: oldest }] });
    expect(body.items[2]).toEqual({
      id: oldest,
      errorRef: 'AAAABBBB',
      bot: 'downloader',
      chatId: -1_002_000_000_001,
      tgUserId: 7_000_000_001,
      link: 'https://youtu.be/dQw4w9WgXcQ',
      platform: 'youtube',
      mediaKey: 'youtube:dQw4w9WgXcQ',
      state: 'delivered',
      inBackground: false,
      ruleId: null,
      title: 'A 100% good video',
      durationSec: 19.5,
      fix: 'remux',
      errorClass: null,
      errorCode: null,
      createdAt: '2026-11-18T10:00:00.000Z',
    });
  });

  it('finds by state, platform, error id, person, text and time', async () => {
    expect(await idsOf('state=failed')).toEqual([newest]);
    expect(await idsOf('platform=tiktok')).toEqual([middle]);
    expect(await idsOf('errorRef=aaaabbbb')).toEqual([oldest]);
    expect(await idsOf('errorRef=AAAACCCC')).toEqual([]);
    expect(await idsOf('tgUserId=7000000001')).toEqual([oldest]);
    expect(await idsOf('text=INSTAGRAM.com')).toEqual([newest]);
    expect(await idsOf(`text=${encodeURIComponent('100% good')}`)).toEqual([oldest]);
    expect(await idsOf(`text=${encodeURIComponent('1%good')}`)).toEqual([]);
    expect(await idsOf('from=2026-11-19T10:00:00Z')).toEqual([newest, middle]);
    expect(await idsOf('to=2026-11-19T10:00:00Z')).toEqual([oldest]);
    expect(await idsOf('from=2026-11-20')).toEqual([newest]);
    expect(await idsOf('state=failed&platform=tiktok')).toEqual([]);
    expect(await idsOf('page=2&pageSize=2')).toEqual([oldest]);
  });

  it.each([
    ['state', 'lost'],
    ['platform', 'myspace'],
    ['errorRef', 'short'],
    ['tgUserId', '1e300'],
    ['from', 'yesterday'],
    ['text', ''],
    ['text', '%00'],
    ['colour', 'red'],
  ])('refuses %s=%s', async (field, value) => {
    const { status, body } = await ask(`/downloads?${field}=${value}`);
    expect(status).toBe(400);
    expect(new Set(body.errors?.map((error) => error.field))).toEqual(new Set([field]));
  });

  it('shows one with the way it took', async () => {
    const requestId = oldest;
    const second = await insertAttempt(world.database, { requestId, startedAt: new Date('2026-11-18T10:00:09Z') });
    const first = await insertAttempt(world.database, {
      requestId,
      startedAt: new Date('2026-11-18T10:00:01Z'),
      outcome: 'failed',
      errorClass: 'STALL',
      errorCode: 'STALL',
    });
    const { status, body } = await ask<DownloadDetailsDto>(`/downloads/${oldest}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ id: oldest, title: 'A 100% good video' });
    expect(body.attempts).toMatchObject([
      { id: first, outcome: 'failed', errorCode: 'STALL', costUsd: '0.00' },
      { id: second, outcome: 'succeeded' },
    ]);
    const running = await insertAttempt(world.database, { requestId: middle, outcome: null, endedAt: null });
    expect((await ask<DownloadDetailsDto>(`/downloads/${middle}`)).body.attempts).toMatchObject([
      { id: running, outcome: null, endedAt: null },
    ]);
  });

  it('does not know an unknown one, and wants an id', async () => {
    expect(await ask(`/downloads/${randomUUID()}`)).toMatchObject({
      status: 404,
      body: { code: 'downloads.request_not_found' },
    });
    expect(await ask('/downloads/first')).toMatchObject({ status: 400, body: { errors: [{ field: 'id' }] } });
  });
});
