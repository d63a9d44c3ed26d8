import type { Problem } from '../../../../platform/errors/problem.js';
import { Slots } from '../../../../platform/slots/slots.js';
import { operatorApi, type OperatorApi } from '../testing/operator-api.js';
import { ScriptedProvider } from '../testing/scripted-provider.js';
import type { SlotsDto } from './slot.dto.js';

describe('/api/v1/slots', () => {
  let world: OperatorApi;
  const ask: OperatorApi['ask'] = (path, call) => world.ask(path, call);

  beforeAll(async () => {
    world = await operatorApi([new ScriptedProvider('yt-dlp', 'local')]);
  });
  afterAll(() => world.close());

  const put = <Body>(items: unknown) => ask<Body>('/slots', { method: 'PUT', json: { items } });
  const slot = async (key: string) => (await ask<SlotsDto>('/slots')).body.items.find((item) => item.key === key);

  it('is for admins alone', async () => {
    for (const method of ['GET', 'PUT']) {
      expect((await ask('/slots', { method, token: null })).status).toBe(401);
      expect((await ask('/slots', { method, token: world.userToken })).status).toBe(403);
    }
  });

  it('shows limits and how much of them is used', async () => {
    expect(await slot('youtube:yt-dlp')).toEqual({ key: 'youtube:yt-dlp', limit: 2, used: 0 });
    const release = await world.api.app.get(Slots, { strict: false }).hold('ffmpeg');
    expect(await slot('ffmpeg')).toEqual({ key: 'ffmpeg', limit: 3, used: 1 });
    await release();
    expect(await slot('ffmpeg')).toMatchObject({ used: 0 });
  });

  it('sets the limits it is told, leaves the others, and writes it down', async () => {
    const { status, body } = await put<SlotsDto>([
      { key: 'youtube:yt-dlp', limit: 0 },
      { key: 'tiktok:cobalt', limit: 4 },
    ]);
    expect(status).toBe(200);
    expect(body.items).toContainEqual({ key: 'youtube:yt-dlp', limit: 0, used: 0 });
    expect(body.items).toContainEqual({ key: 'tiktok:cobalt', limit: 4, used: 0 });
    expect(body.items).toContainEqual({ key: 'ffmpeg', limit: 3, used: 0 });
    expect(await world.audit()).toEqual([
      {
        actor: `user:${world.adminId}`,
        action: 'slots.updated',
        subject: 'slots',
        before: { 'youtube:yt-dlp': 2 },
        after: { 'youtube:yt-dlp': 0, 'tiktok:cobalt': 4 },
      },
    ]);
    expect(await world.api.app.get(Slots, { strict: false }).limitOf('tiktok:cobalt')).toBe(4);
  });

  it.each<[string, unknown, string]>([
    ['a negative limit', [{ key: 'ffmpeg', limit: -1 }], 'items.0.limit'],
    ['half a slot', [{ key: 'ffmpeg', limit: 0.5 }], 'items.0.limit'],
    ['an odd key', [{ key: 'a:b:c', limit: 1 }], 'items.0.key'],
    [
      'a key twice',
      [
        { key: 'ffmpeg', limit: 1 },
        { key: 'ffmpeg', limit: 2 },
      ],
      'items',
    ],
    ['no list', 'all', 'items'],
  ])('refuses %s', async (_, items, field) => {
    const { status, body } = await put<Problem>(items);
    expect(status).toBe(400);
    expect(new Set(body.errors?.map((error) => error.field))).toEqual(new Set([field]));
  });
});
