import { HealthWatch } from './health-watch.js';
import { healthWorld } from './testing/health-world.js';
import { failed, writeAttempt } from './testing/rows.js';
import { Circuits } from '../routing/gate/circuits.js';
import { RoutingTable } from '../routing/routing-table.js';
import { Clock } from '../../../platform/clock/clock.js';

describe('alerts about what has changed meanwhile', () => {
  it('ends the alerts of a provider that is deleted', async () => {
    const world = await healthWorld();
    const watch = world.api.app.get(HealthWatch, { strict: false });
    const now = world.api.app.get(Clock).now().getTime();
    for (let minute = 1; minute <= 6; minute += 1)
      await writeAttempt(world.database, { startedAt: new Date(now - minute * 60_000), ...failed });
    await watch.look();
    const open = () => world.database.query(`SELECT name FROM alerts WHERE subject = 'yt-dlp' AND resolved_at IS NULL`);
    expect(await open()).toHaveLength(1);
    await world.database.query(`DELETE FROM download_providers WHERE name = 'yt-dlp'`);
    world.api.app.get(RoutingTable, { strict: false }).forget();
    await watch.look();
    const left = await open();
    await world.close();
    expect(left).toEqual([]);
  });

  it('does not say that a provider is well again because its cooldown is over', async () => {
    const world = await healthWorld();
    const watch = world.api.app.get(HealthWatch, { strict: false });
    const list = vi.spyOn(world.api.app.get(Circuits, { strict: false }), 'list');
    const circuits = (state: 'open' | 'half_open') =>
      (['shorts', 'medium', 'long'] as const).map((bucket) => ({
        key: `p:yt-dlp:youtube:${bucket}`,
        state,
        openUntil: new Date(),
        level: 3,
        reason: 'HTTP_403' as const,
      }));
    list.mockResolvedValue(circuits('open'));
    await watch.look();
    const open = () =>
      world.database.query(
        `SELECT name FROM alerts WHERE subject = 'yt-dlp' AND name = 'provider_down' AND resolved_at IS NULL`,
      );
    expect(await open()).toHaveLength(1);
    list.mockResolvedValue(circuits('half_open'));
    await watch.look();
    const left = await open();
    await world.close();
    expect(left).toHaveLength(1);
  });
});
