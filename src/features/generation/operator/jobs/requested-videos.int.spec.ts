import { profileOf, type BotUserProfileDto } from '../../../audience/testing/profile-of.js';
import { makeJob } from '../../testing/make-job.js';
import { NOW, operatorWorld, type OperatorWorld } from '../testing/operator-world.js';

const ANNA = { bot: 'generation', tgUserId: 7_000_000_001 };

describe('the videos that a person has asked for', () => {
  let world: OperatorWorld;
  beforeAll(async () => {
    world = await operatorWorld();
  });
  afterAll(() => world.close());

  it('are in his profile', async () => {
    const mug = { ...ANNA, productText: 'A red mug', createdAt: NOW } as const;
    const delivered = await makeJob(world.database, { ...mug, status: 'delivered', model: 'bytedance/seedance-2' });
    const earlier = { createdAt: new Date('2026-01-01T00:00:00Z'), status: 'failed' } as const;
    const failed = await makeJob(world.database, { ...mug, ...earlier, model: 'sora-2-image-to-video' });
    await makeJob(world.database, { ...mug, tgUserId: 8 });
    const get = async (path: string) => (await world.ask<BotUserProfileDto>(path)).body;
    const { requests, byDay, byPlatform, lastRequests } = await profileOf(world.database, ANNA, get);
    expect([requests, byDay.at(-1)]).toEqual([2, { day: '2026-11-20', requests: 1, delivered: 1 }]);
    expect(byPlatform).toEqual([
      { platform: 'bytedance/seedance-2', requests: 1 },
      { platform: 'sora-2-image-to-video', requests: 1 },
    ]);
    expect(lastRequests).toMatchObject([
      { id: delivered, title: 'A red mug', state: 'delivered', link: null, errorRef: null },
      { id: failed, state: 'failed' },
    ]);
  });
});
