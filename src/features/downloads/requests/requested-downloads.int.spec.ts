import { profileOf } from '../../audience/testing/profile-of.js';
import { healthWorld, type HealthWorld } from '../health/testing/health-world.js';
import { writeRequest } from '../health/testing/rows.js';

const ANNA = { bot: 'downloader', tgUserId: 7_000_000_001 };

describe('the downloads that a person has asked for', () => {
  let world: HealthWorld;
  beforeAll(async () => {
    world = await healthWorld();
  });
  afterAll(() => world.close());

  it('are in his profile', async () => {
    await writeRequest(world.database, { ...ANNA, createdAt: new Date('2026-01-01T00:00:00Z'), platform: 'tiktok' });
    const failed = { state: 'failed', errorRef: 'ABCDEFGH', title: 'A video', link: 'https://youtu.be/x' } as const;
    await writeRequest(world.database, { ...ANNA, ...failed });
    await writeRequest(world.database, { ...ANNA, tgUserId: 8 });
    const { requests, byDay, byPlatform, lastRequests } = await profileOf(world.database, ANNA, (path) =>
      world.get(path),
    );
    expect([requests, byDay.at(-1)]).toMatchObject([2, { requests: 1, delivered: 0 }]);
    expect(byPlatform).toEqual([
      { platform: 'tiktok', requests: 1 },
      { platform: 'youtube', requests: 1 },
    ]);
    expect(lastRequests).toMatchObject([
      { ...failed, platform: 'youtube' },
      { platform: 'tiktok', state: 'delivered' },
    ]);
  });
});
