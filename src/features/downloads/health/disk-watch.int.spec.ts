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
