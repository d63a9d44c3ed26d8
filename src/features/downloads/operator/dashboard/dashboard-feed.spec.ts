import { Logger, type MessageEvent } from '@nestjs/common';
import { ManualClock } from '../../../../platform/clock/testing/manual-clock.js';
import type { DashboardDto } from './dashboard.dto.js';
import { DashboardFeed } from './dashboard-feed.js';
import type { DashboardService } from './dashboard.service.js';
import type { Snapshot } from './snapshot.js';

const snapshot = (requests: number): Snapshot => ({
  providers: [],
  downloadsPerHour: [],
  totals: { requests, delivered: 0, failed: 0, successRate: null, avgSpeedBytesPerSec: null, avgTimeMs: null },
  errorsByPlatform: [],
  cooldowns: [
    {
      key: 'e:direct',
      provider: null,
      egress: 'direct',
      platform: null,
      durationBucket: null,
      state: 'open',
      until: new Date(Date.UTC(2026, 0, 1, 0, 1)).toISOString(),
      level: 1,
      reason: 'BLOCK_IP',
    },
  ],
  recentErrors: [],
});

describe('the feed of the dashboard', () => {
  let clock: ManualClock;
  let readings: number;
  let read: () => Promise<Snapshot>;
  let feed: DashboardFeed;
  beforeEach(() => {
    clock = new ManualClock();
    readings = 0;
    read = () => Promise.resolve(snapshot(1));
    const dashboard: Pick<DashboardService, 'read'> = {
      read: () => {
        readings += 1;
        return read();
      },
    };
    feed = new DashboardFeed(dashboard as DashboardService, clock);
  });

  const watch = () => {
    const heard: MessageEvent[] = [];
    let isOver = false;
    const subscription = feed.watch().subscribe({
      next: (event) => heard.push(event),
      complete: () => {
        isOver = true;
      },
    });
    return {
      heard,
      requests: () => dashboards(heard).map(({ totals }) => totals.requests),
      isOver: () => isOver,
      leave: () => {
        subscription.unsubscribe();
      },
    };
  };
  const dashboards = (heard: MessageEvent[]) => heard.map(({ data }) => data as DashboardDto);
  const pass = async (ms: number) => {
    clock.advance(ms);
    await settle();
  };
  /** Whatever is under way without waiting for the clock. */
  const settle = async () => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  };

  it('tells at once, and again only when something has changed', async () => {
    const { requests } = watch();
    await settle();
    expect(requests()).toEqual([1]);
    await pass(2_000);
    await pass(2_000);
    expect(requests()).toEqual([1]);
    read = () => Promise.resolve(snapshot(2));
    await pass(1_999);
    expect(requests()).toEqual([1]);
    await pass(1);
    expect(requests()).toEqual([1, 2]);
  });

  it('shares one reading, and tells whoever comes later at once, with the time that is left by then', async () => {
    const [first, second] = [watch(), watch()];
    await settle();
    await pass(2_000);
    expect(readings).toBe(2);
    const third = watch();
    await settle();
    expect(readings).toBe(2);
    const left = [first, second, third].map(({ heard }) =>
      dashboards(heard).map(({ cooldowns }) => cooldowns[0]?.leftSec),
    );
    expect(left).toEqual([[60], [60], [58]]);
  });

  it('reads nothing while nobody watches', async () => {
    const watcher = watch();
    await settle();
    watcher.leave();
    await pass(10_000);
    expect(readings).toBe(1);
    const again = watch();
    await settle();
    expect(again.requests()).toEqual([1]);
    expect(readings).toBe(2);
  });

  it('goes on after a reading that failed', async () => {
    const { requests, isOver } = watch();
    await settle();
    const warned = vi.spyOn(Logger.prototype, 'warn').mockReturnValue();
    read = () => Promise.reject(new Error('The database is away'));
    await pass(2_000);
    read = () => Promise.resolve(snapshot(3));
    await pass(2_000);
    expect([requests(), isOver()]).toEqual([[1, 3], false]);
    expect(warned).toHaveBeenCalledOnce();
    warned.mockRestore();
  });

  it('does not read again before the last reading is over', async () => {
    read = () => new Promise(() => undefined);
    watch();
    for (let tick = 0; tick < 5; tick += 1) await pass(2_000);
    expect(readings).toBe(1);
  });
});
