import { eventually } from '../../../../test/support/eventually.js';
import { report } from '../../../../test/support/measured.js';
import { testNexus } from '../../../../test/support/nexus.js';
import type { Nexus } from '../../../nexus.js';
import { ControlClient } from '../../../sandbox/testing/control-client.js';
import { Database } from '../../../platform/database/database.js';
import { DiskRoom } from '../flow/disk-room.js';
import { DiskWatch } from './disk-watch.js';
import { healthWorld, type HealthWorld } from './testing/health-world.js';

const GIB = 1_073_741_824;

describe('the watch over the disk', () => {
  let world: HealthWorld;
  beforeAll(async () => {
    world = await healthWorld({ DISK_RESERVE_GB: '5' });
  });
  afterAll(() => world.close());

  it('tells when room is short, and when it is there again', async () => {
    const { app } = world.api;
    const watch = app.get(DiskWatch, { strict: false });
    const free = vi.spyOn(app.get(DiskRoom, { strict: false }), 'freeBytes');
    const open = () => world.database.query('SELECT name, params FROM alerts WHERE resolved_at IS NULL');
    free.mockResolvedValue(4.96 * GIB);
    await watch.look();
    expect(await open()).toEqual([{ name: 'disk_low', params: { freeGb: 4.9, reserveGb: 5 } }]);
    free.mockResolvedValue(3.2 * GIB);
    await watch.look();
    expect(await open()).toEqual([{ name: 'disk_low', params: { freeGb: 3.2, reserveGb: 5 } }]);
    free.mockResolvedValue(5 * GIB);
    await watch.look();
    expect(await open()).toEqual([]);
  });
});

describe('a full disk', () => {
  const [bot, operator, person] = [100001, 1002, 1003];
  let nexus: Nexus;
  beforeAll(async () => {
    nexus = await testNexus({ ADMIN_CHAT_IDS: String(operator) });
  });
  afterAll(async () => {
    vi.restoreAllMocks();
    await nexus.close();
  });

  it('is told to the operator within ten seconds, and to whoever asks; no provider is to blame (point 17)', async () => {
    const { sandbox } = nexus;
    if (!sandbox) throw new Error('There is no sandbox');
    const control = new ControlClient(sandbox.apiRoot);
    await control.write(bot, operator, '/start');
    await control.messageWith(bot, operator, 'Send me a link');
    expect((await control.post<{ id: number }>('/users', { firstName: 'Eva', languageCode: 'en' })).id).toBe(person);

    vi.spyOn(DiskRoom.prototype, 'freeBytes').mockResolvedValue(GIB);
    const fullAt = performance.now();
    await control.write(bot, person, `http://${sandbox.mediaHost}/ok.mp4?full`);
    await eventually(async () => (await control.messages(bot, operator)).some(({ text }) => text?.startsWith('💾')));
    const toldMs = performance.now() - fullAt;
    report('point 17', { toldMs: Math.round(toldMs) });
    expect(toldMs).toBeLessThan(10_000);
    await control.messageWith(bot, person, 'My disk is full for the moment');

    expect(await nexus.app.get(Database, { strict: false }).query('SELECT FROM download_attempts')).toEqual([]);
  });
});
