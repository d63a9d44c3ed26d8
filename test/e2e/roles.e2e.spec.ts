import { eventually } from '../support/eventually.js';
import { useWorld, type Nexus } from './support/world.js';

describe('two processes on one data folder', () => {
  let front: Nexus;
  const world = useWorld(async (created) => {
    front = await created.startNexus({ NEXUS_ROLES: 'bots,api' });
  });

  it('share the work by their roles', async () => {
    const person = await world().person();
    const link = world().link('/ok.mp4');
    const asked = await person.say(link);
    const stores = await world().stores();
    await eventually(async () => (await stores.requests(link)).length === 1);
    expect(await stores.requests(link)).toMatchObject([{ state: 'queued' }]);
    expect(await asked.replies()).toEqual([]);

    const worker = await world().startNexus({ NEXUS_ROLES: 'worker', PORT: String(world().servicePort(1)) });
    await asked.delivered();
    expect(await front.health()).toMatchObject({ roles: ['bots', 'api'], sandbox: true });
    expect(await worker.health()).toMatchObject({ roles: ['worker'], sandbox: true });
  });
});
