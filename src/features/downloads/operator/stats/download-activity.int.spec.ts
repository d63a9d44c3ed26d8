import { Clock } from '../../../../platform/clock/clock.js';
import { OperatorCalendar, type OperatorDay } from '../../../ops/index.js';
import { UserActivity } from '../../../audience/index.js';
import { writeRequest } from '../../health/testing/rows.js';
import { healthWorld, type HealthWorld } from '../../health/testing/health-world.js';

const DAY_MS = 86_400_000;
const ANNA = { bot: 'downloader', tgUserId: 7_000_000_001 };
const JOHN = { bot: 'downloader', tgUserId: 8 };
const ELSEWHERE = { bot: 'other', tgUserId: ANNA.tgUserId };

describe('what a person has asked for', () => {
  let world: HealthWorld;
  let activity: UserActivity;
  beforeAll(async () => {
    world = await healthWorld();
    activity = world.api.app.get(UserActivity);
    await writeRequest(world.database, { ...ANNA, createdAt: ago(40), platform: 'tiktok' });
    await writeRequest(world.database, { ...ANNA, createdAt: ago(2), state: 'failed', errorRef: 'ABCDEFGH' });
    await writeRequest(world.database, { ...ANNA, createdAt: ago(0), title: 'A video' });
    await writeRequest(world.database, { ...ELSEWHERE, createdAt: ago(1) });
  });
  afterAll(() => world.close());

  const ago = (days: number) => new Date(world.api.app.get(Clock).now().getTime() - days * DAY_MS);
  const dayOf = (time: Date): OperatorDay => world.api.app.get(OperatorCalendar).dayOf(time);

  it('is counted for each in a bot', async () => {
    const [anna, john, elsewhere] = await activity.summaries([ANNA, JOHN, ELSEWHERE]);
    expect(anna?.requests).toBe(3);
    expect(dayOf(anna?.lastRequestAt ?? new Date(0))).toBe(dayOf(ago(0)));
    expect(john).toBeNull();
    expect(elsewhere?.requests).toBe(1);
    expect(await activity.summaries([])).toEqual([]);
  });

  it('is shown by day, by platform and the last of it', async () => {
    const { byDay, byPlatform, lastRequests } = await activity.of(ANNA);
    expect(byDay).toHaveLength(30);
    expect(byDay.filter(({ requests }) => requests > 0)).toEqual([
      { day: dayOf(ago(2)), requests: 1, delivered: 0 },
      { day: dayOf(ago(0)), requests: 1, delivered: 1 },
    ]);
    expect(byPlatform).toEqual([
      { platform: 'youtube', requests: 2 },
      { platform: 'tiktok', requests: 1 },
    ]);
    expect(lastRequests).toMatchObject([
      { title: 'A video', state: 'delivered' },
      { errorRef: 'ABCDEFGH', state: 'failed' },
      { platform: 'tiktok' },
    ]);
    expect(await activity.of(JOHN)).toMatchObject({ byPlatform: [], lastRequests: [] });
  });
});
