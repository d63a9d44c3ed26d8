import { Clock } from '../../../../platform/clock/clock.js';
import type { Problem } from '../../../../platform/errors/problem.js';
import { OperatorCalendar } from '../../../ops/index.js';
import { failed, failedByContent, writeAttempt, writeRequest } from '../../health/testing/rows.js';
import { healthWorld, type HealthWorld } from '../../health/testing/health-world.js';
import type { ActivityDto, PlatformSharesDto } from './activity.dto.js';
import type { CostsDto } from './costs.dto.js';
import type { PerformanceDto } from './performance.dto.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const NOON = new Date('2026-03-10T09:00:00Z');
const at = (minutes: number, from = NOON) => new Date(from.getTime() + minutes * MINUTE_MS);

describe('the statistics', () => {
  let world: HealthWorld;
  beforeAll(async () => {
    world = await healthWorld();
  });
  afterAll(() => world.close());
  beforeEach(() => world.database.query('TRUNCATE download_attempts, download_requests, circuit_openings'));

  const performance = (query = '') =>
    world.get<PerformanceDto>(`/stats/performance?from=2026-03-10T09:00:00Z&to=2026-03-10T10:00:00Z${query}`);

  it('say how well providers work on each platform (point 23)', async () => {
    const { database } = world;
    for (const [index, downloadTimeMs] of [1_000, 2_000, 3_000, 10_000].entries()) {
      await writeAttempt(database, {
        startedAt: at(index),
        provider: 'savenow',
        downloadTimeMs,
        fileSizeBytes: 4_000,
        downloadSpeedBytesPerSec: 100,
        ttfbMs: 10 * (index + 1),
        costUsd: '0.0003',
      });
    }
    await writeAttempt(database, {
      startedAt: at(5),
      provider: 'savenow',
      ...failed,
      costUsd: '0.0003',
      downloadTimeMs: 99_000,
    });
    await writeAttempt(database, { startedAt: at(6), provider: 'savenow', ...failedByContent, costUsd: '0.0003' });
    await writeAttempt(database, {
      startedAt: at(7),
      platform: 'tiktok',
      durationBucket: 'unknown',
      downloadTimeMs: 500,
    });
    await writeAttempt(database, { startedAt: at(8), outcome: null, endedAt: null, costUsd: '5' });
    await writeAttempt(database, { startedAt: at(60) });
    const report = await performance();
    const ofSavenow = {
      attempts: 5,
      successes: 4,
      successRate: 0.8,
      avgSpeedBytesPerSec: 100,
      avgSizeBytes: 4_000,
      avgTimeMs: 4_000,
      p50TimeMs: 2_500,
      p95TimeMs: 8_950,
      avgTtfbMs: 25,
      costUsd: '0.0018',
      costPerSuccessUsd: '0.00045',
    };
    expect(report.byProvider).toEqual([
      { provider: 'savenow', ...ofSavenow },
      expect.objectContaining({ provider: 'yt-dlp', attempts: 1, costUsd: '0.00', avgSizeBytes: null }),
    ]);
    expect(report.byPlatform).toMatchObject([
      { platform: 'tiktok', attempts: 1 },
      { platform: 'youtube', ...ofSavenow },
    ]);
    expect(report.byBucket).toMatchObject([{ durationBucket: 'shorts', attempts: 5 }, { durationBucket: 'unknown' }]);
    expect(report.detailed).toHaveLength(2);
    expect(report.byProviderAndPlatform).toMatchObject([
      { provider: 'savenow', platform: 'youtube', ...ofSavenow },
      {},
    ]);
    expect(report.total).toMatchObject({ attempts: 6, successes: 5, costUsd: '0.0018' });
    expect((await performance('&platform=tiktok')).byProvider).toMatchObject([{ provider: 'yt-dlp', attempts: 1 }]);
  });

  it.each([
    ['1h', 1],
    ['24h', 2],
    ['7d', 3],
  ])('look back as far as %s (point 23)', async (window, attempts) => {
    const now = world.api.app.get(Clock).now();
    const hours = [0.9, 23, 6 * 24, 8 * 24];
    for (const back of hours) await writeAttempt(world.database, { startedAt: at(-60 * back, now) });
    const { byProviderAndPlatform } = await world.get<PerformanceDto>(`/stats/performance?window=${window}`);
    expect(byProviderAndPlatform).toMatchObject([{ provider: 'yt-dlp', platform: 'youtube', attempts }]);
  });

  it('say nothing of nothing', async () => {
    const { total, byProvider, openCircuits } = await performance();
    expect([byProvider, openCircuits]).toEqual([[], []]);
    expect(total).toMatchObject({ attempts: 0, successRate: null, costUsd: '0.00', fallback: { avgFallbackMs: null } });
  });

  it('say how long falling back takes', async () => {
    const { database } = world;
    const requestId = await writeRequest(database, { createdAt: NOON });
    const tried = (fromSec: number, toSec: number, changes: object) =>
      writeAttempt(database, {
        requestId,
        startedAt: new Date(NOON.getTime() + fromSec * SECOND_MS),
        endedAt: new Date(NOON.getTime() + toSec * SECOND_MS),
        ...changes,
      });
    await tried(0, 3, failed);
    await tried(4, 6, { ...failed, provider: 'pytubefix' });
    await tried(8, 20, { provider: 'savenow' });
    await writeAttempt(database, { startedAt: at(30) });
    const { total, byPlatform } = await performance();
    expect(total.fallback).toEqual({ avgFallbackMs: 8_000, avgHandoverMs: 1_500 });
    expect(byPlatform).toMatchObject([{ platform: 'youtube', fallback: { avgFallbackMs: 8_000 } }]);
  });

  it('say how long circuits were open, each minute once (point 23)', async () => {
    const opened = (key: string, from: number, until: number | null, closed: number | null) =>
      world.database.query(
        `INSERT INTO circuit_openings (key, level, reason, opened_at, open_until, closed_at, opened_by_attempt)
         VALUES ($1, 1, 'STALL', $2, $3, $4, gen_random_uuid())`,
        [key, at(from), until === null ? null : at(until), closed === null ? null : at(closed)],
      );
    await opened('p:yt-dlp:youtube:long', 10, 20, null);
    await opened('p:yt-dlp:youtube:medium', 15, 25, null);
    await opened('p:yt-dlp:tiktok:shorts', 30, 45, 35);
    await opened('p:savenow', 50, null, null);
    await opened('e:direct:youtube', -20, 5, 8);
    await opened('e:direct:youtube', -60, -30, -30);
    expect((await performance()).openCircuits).toEqual([
      { provider: 'savenow', egress: null, platform: null, openMinutes: 10 },
      { provider: 'yt-dlp', egress: null, platform: 'tiktok', openMinutes: 5 },
      { provider: 'yt-dlp', egress: null, platform: 'youtube', openMinutes: 15 },
      { provider: null, egress: 'direct', platform: 'youtube', openMinutes: 5 },
    ]);
    const ofShorts = (await performance('&platform=youtube_shorts')).openCircuits;
    expect(ofShorts.map(({ platform }) => platform)).toEqual([null, 'youtube', 'youtube']);
  });

  it('count the days of the operator, also empty ones and today', async () => {
    const { database } = world;
    const downloaded = { timings: { downloading: NOON.toISOString() } };
    // In Moscow it is the 10th until nine in the evening of UTC.
    await writeRequest(database, { createdAt: new Date('2026-03-10T20:59:59Z'), ...downloaded });
    await writeRequest(database, { createdAt: new Date('2026-03-10T21:00:00Z'), tgUserId: 2 });
    await writeRequest(database, { createdAt: new Date('2026-03-11T01:00:00Z'), tgUserId: 2, state: 'failed' });
    await writeRequest(database, { createdAt: new Date('2026-03-11T02:00:00Z'), tgUserId: 3, state: 'cancelled' });
    await writeRequest(database, { createdAt: new Date('2026-03-11T03:00:00Z'), platform: 'tiktok', state: 'queued' });
    const { days } = await world.get<ActivityDto>('/stats/activity?from=2026-03-09&to=2026-03-11');
    const none = { requests: 0, delivered: 0, failed: 0, cancelled: 0, fromCache: 0, users: 0 };
    expect(days).toEqual([
      { day: '2026-03-09', ...none },
      { day: '2026-03-10', ...none, requests: 1, delivered: 1, users: 1 },
      { day: '2026-03-11', requests: 4, delivered: 1, failed: 1, cancelled: 1, fromCache: 1, users: 3 },
    ]);
    const lastDays = (await world.get<ActivityDto>('/stats/activity')).days;
    expect(lastDays).toHaveLength(30);
    expect(lastDays.at(-1)?.day).toBe(world.api.app.get(OperatorCalendar).today());

    const { platforms } = await world.get<PlatformSharesDto>('/stats/platforms?from=2026-03-09&to=2026-03-11');
    expect(platforms).toEqual([
      { platform: 'youtube', requests: 4, delivered: 2, share: 0.8 },
      { platform: 'tiktok', requests: 1, delivered: 0, share: 0.2 },
    ]);
  });

  it('add up what providers have cost', async () => {
    const { database } = world;
    const now = world.api.app.get(Clock).now();
    const paid = { provider: 'rapidapi', costUsd: '0.004' };
    await writeAttempt(database, { startedAt: at(0), ...paid });
    await writeAttempt(database, { startedAt: at(1), ...paid, ...failed });
    await writeAttempt(database, { startedAt: at(24 * 60), ...paid, provider: 'savenow', costUsd: '0.000047' });
    await writeAttempt(database, { startedAt: at(2) });
    await writeAttempt(database, { startedAt: now, ...paid });
    const costs = await world.get<CostsDto>('/stats/costs?from=2026-03-10&to=2026-03-11');
    expect(costs).toEqual({
      days: [
        { day: '2026-03-10', provider: 'rapidapi', costUsd: '0.008', successes: 1, costPerSuccessUsd: '0.008' },
        { day: '2026-03-11', provider: 'savenow', costUsd: '0.000047', successes: 1, costPerSuccessUsd: '0.000047' },
      ],
      providers: [
        { provider: 'rapidapi', costUsd: '0.008', successes: 1, costPerSuccessUsd: '0.008', monthUsd: '0.004' },
        { provider: 'savenow', costUsd: '0.000047', successes: 1, costPerSuccessUsd: '0.000047', monthUsd: '0.00' },
      ],
      total: { costUsd: '0.008047', successes: 3, costPerSuccessUsd: '0.002682', monthUsd: '0.004' },
    });
    await database.query('TRUNCATE download_attempts');
    const nothing = { costUsd: '0.00', successes: 0, costPerSuccessUsd: null, monthUsd: '0.00' };
    expect(await world.get('/stats/costs')).toEqual({ days: [], providers: [], total: nothing });
  });

  it.each([
    ['/stats/performance?window=2h', 400, 'request.invalid'],
    ['/stats/performance?from=yesterday', 400, 'request.invalid'],
    ['/stats/performance?from=2026-03-11&to=2026-03-10', 422, 'stats.period_invalid'],
    ['/stats/activity?from=2026-02-30', 400, 'request.invalid'],
    ['/stats/activity?from=2026-03-10T00:00:00Z', 400, 'request.invalid'],
    ['/stats/costs?from=2020-03-10', 422, 'stats.period_invalid'],
    ['/stats/platforms?platform=nowhere', 400, 'request.invalid'],
  ])('refuse %s', async (path, status, code) => {
    const response = await world.ask(path);
    expect(response.status).toBe(status);
    expect(((await response.json()) as Problem).code).toBe(code);
  });

  it.each(['performance', 'activity', 'platforms', 'costs', 'users'])('are for admins alone: %s', async (report) => {
    expect((await world.ask(`/stats/${report}`, { as: 'user' })).status).toBe(403);
  });
});
