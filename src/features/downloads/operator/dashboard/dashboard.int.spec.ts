import { AccessTokens } from '../../../../platform/auth/access-tokens.js';
import { Clock } from '../../../../platform/clock/clock.js';
import { failed, failedByContent, writeAttempt, writeRequest } from '../../health/testing/rows.js';
import { healthWorld, type HealthWorld } from '../../health/testing/health-world.js';
import { Circuits } from '../../routing/gate/circuits.js';
import { RoutingTable } from '../../routing/routing-table.js';
import type { DashboardDto } from './dashboard.dto.js';

const MINUTE_MS = 60_000;

describe('the dashboard', () => {
  let world: HealthWorld;
  beforeAll(async () => {
    world = await healthWorld();
    world.adapters.rapidapi.ready = { ready: false, reason: 'no key' };
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    await world.database.query('TRUNCATE download_attempts, download_requests');
    world.api.app.get(RoutingTable, { strict: false }).forget();
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  const now = () => world.api.app.get(Clock).now();
  const ago = (minutes: number) => new Date(now().getTime() - minutes * MINUTE_MS);
  const dashboard = () => world.get<DashboardDto>('/ops/dashboard');

  it('shows what the last 24 hours were like', async () => {
    const { database } = world;
    const asked = ago(0);
    const downloaded = (ms: number) => ({
      downloading: asked.toISOString(),
      delivered: new Date(asked.getTime() + ms).toISOString(),
    });
    await writeRequest(database, { createdAt: asked, timings: downloaded(4_000) });
    await writeRequest(database, { createdAt: asked, timings: { delivered: asked.toISOString() } });
    await writeRequest(database, {
      createdAt: asked,
      state: 'failed',
      errorClass: 'CONTENT',
      errorCode: 'CONTENT_AGE',
    });
    await writeRequest(database, { createdAt: asked, state: 'downloading' });
    await writeRequest(database, { createdAt: ago(25 * 60) });
    const requestId = await writeRequest(database, {
      createdAt: asked,
      state: 'failed',
      errorRef: 'ABCDEFGH',
      errorClass: 'HARD_KILL',
      errorCode: 'HTTP_403',
    });
    await writeAttempt(database, { requestId, startedAt: ago(3), ...failed, message: 'The first word' });
    await writeAttempt(database, {
      requestId,
      startedAt: ago(2),
      ...failed,
      provider: 'savenow',
      message: 'The last word',
    });
    await writeAttempt(database, { requestId, startedAt: ago(1), platform: 'tiktok', downloadSpeedBytesPerSec: 500 });
    await writeAttempt(database, { requestId, startedAt: ago(4), platform: 'tiktok', ...failedByContent });
    await writeAttempt(database, { requestId, startedAt: ago(25 * 60), platform: 'tiktok', ...failed });
    const { totals, downloadsPerHour, errorsByPlatform, recentErrors } = await dashboard();
    expect(totals).toEqual({
      requests: 5,
      delivered: 2,
      failed: 2,
      successRate: 2 / 3,
      avgSpeedBytesPerSec: 500,
      avgTimeMs: 4_000,
    });
    expect(downloadsPerHour).toHaveLength(24);
    expect(downloadsPerHour.filter(({ requests }) => requests > 0)).toEqual([
      { hour: `${asked.toISOString().slice(0, 13)}:00:00.000Z`, requests: 5, delivered: 2, failed: 2 },
    ]);
    expect(errorsByPlatform).toEqual([
      { platform: 'youtube', attempts: 2, errors: 2 },
      { platform: 'tiktok', attempts: 1, errors: 0 },
    ]);
    expect(recentErrors).toHaveLength(2);
    expect(recentErrors.find((error) => error.requestId === requestId)).toMatchObject({
      errorRef: 'ABCDEFGH',
      platform: 'youtube',
      provider: 'savenow',
      errorCode: 'HTTP_403',
      message: 'The last word',
    });
  });

  it('shows providers, their cooldowns and their budgets', async () => {
    const { database } = world;
    await database.query(
      `UPDATE download_providers SET health_status = 'down', daily_spent_usd = 2.5, budget_reset_at = now() + interval '1 hour',
         quota = '{"limit": 100000, "remaining": 40000, "resetAt": null}' WHERE name = 'savenow'`,
    );
    const openUntil = ago(-10);
    const circuits = [
      { key: 'e:direct:youtube', state: 'open', openUntil, level: 2, reason: 'BLOCK_IP' },
      { key: 'p:savenow', state: 'open', openUntil: null, level: 1, reason: 'QUOTA' },
      { key: 'p:yt-dlp:youtube:long', state: 'half_open', openUntil: ago(1), level: 1, reason: 'STALL' },
    ] as const;
    vi.spyOn(world.api.app.get(Circuits, { strict: false }), 'list').mockResolvedValue([...circuits]);
    const { providers, cooldowns } = await dashboard();
    expect(cooldowns).toMatchObject([
      {
        key: 'e:direct:youtube',
        provider: null,
        egress: 'direct',
        platform: 'youtube',
        durationBucket: null,
        leftSec: 600,
      },
      { key: 'p:savenow', provider: 'savenow', platform: null, until: null, leftSec: null },
      { key: 'p:yt-dlp:youtube:long', durationBucket: 'long', state: 'half_open', leftSec: 0 },
    ]);
    const tiles = new Map(providers.map((tile) => [tile.name, tile]));
    expect([...tiles.keys()].slice(0, 2)).toEqual(['yt-dlp', 'pytubefix']);
    expect(tiles.get('yt-dlp')).toMatchObject({
      healthStatus: 'healthy',
      notReady: null,
      cooldowns: ['e:direct:youtube', 'p:yt-dlp:youtube:long'],
      cooldownLeftSec: 600,
      budget: null,
    });
    expect(tiles.get('savenow')).toMatchObject({
      healthStatus: 'down',
      cooldowns: ['p:savenow'],
      cooldownLeftSec: null,
      budget: { spentUsd: '2.50', budgetUsd: '10.00', usedShare: 0.25, quotaUsed: 60_000, quotaLimit: 100_000 },
    });
    expect(tiles.get('rapidapi')).toMatchObject({ notReady: 'no key', cooldowns: [] });
  });

  it('comes as events too: at once, and when something has changed', async () => {
    const leave = new AbortController();
    const response = await world.ask('/ops/dashboard/events', { signal: leave.signal });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const events = eventsOf(response);
    expect((await events.next()).value?.totals.requests).toBe(0);
    await writeRequest(world.database, { createdAt: now() });
    expect((await events.next()).value?.totals.requests).toBe(1);
    leave.abort();
  });

  it('is for admins alone', async () => {
    for (const path of ['/ops/dashboard', '/ops/dashboard/events']) {
      expect((await world.ask(path, { as: 'user' })).status).toBe(403);
    }
  });

  it('ends with the token of whoever watches', async () => {
    const other = await healthWorld({ ACCESS_TOKEN_TTL_SEC: '2' });
    const admin = { id: other.adminId, email: 'admin@example.com', role: 'admin' as const };
    const { token } = await other.api.app.get(AccessTokens).issue(admin);
    const events = eventsOf(await other.api.call('/api/v1/ops/dashboard/events', { token }));
    expect((await events.next()).done).toBe(false);
    expect((await events.next()).done).toBe(true);
    await other.close();
  });

  it('lets the process end while somebody watches', async () => {
    const other = await healthWorld();
    const response = await other.ask('/ops/dashboard/events');
    const events = eventsOf(response);
    await events.next();
    await other.close();
    expect((await events.next()).done).toBe(true);
  });
});

async function* eventsOf(response: Response): AsyncGenerator<DashboardDto, undefined> {
  let rest = '';
  for await (const chunk of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line.startsWith('data: ')) yield JSON.parse(line.slice('data: '.length)) as DashboardDto;
    }
  }
}
