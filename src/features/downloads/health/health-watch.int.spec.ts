import { Clock } from '../../../platform/clock/clock.js';
import { DownloadProvider } from '../routing/download-provider.entity.js';
import { Circuits, type Circuit } from '../routing/gate/circuits.js';
import { RoutingTable } from '../routing/routing-table.js';
import { HealthWatch } from './health-watch.js';
import { ProviderAlertActions } from './provider-alert-actions.js';
import { failed, failedByContent, writeAttempt } from './testing/rows.js';
import { healthWorld, type HealthWorld } from './testing/health-world.js';

const MINUTE_MS = 60_000;

interface OpenAlert {
  name: string;
  subject: string;
  params: Record<string, unknown>;
}

describe('the health watch', () => {
  let world: HealthWorld;
  let watch: HealthWatch;
  beforeAll(async () => {
    world = await healthWorld();
    watch = world.api.app.get(HealthWatch, { strict: false });
    await world.database.query(`UPDATE download_providers SET is_active = name IN ('yt-dlp', 'savenow', 'rapidapi')`);
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    await world.database.query('TRUNCATE download_attempts, download_requests, alerts, circuit_openings');
    await world.database.query(`UPDATE download_providers SET last_success_at = NULL, last_error_at = NULL`);
  });

  const now = () => world.api.app.get(Clock).now();
  const ago = (minutes: number) => new Date(now().getTime() - minutes * MINUTE_MS);
  const providerOf = (name: string) => world.database.repository(DownloadProvider).findOneByOrFail({ name });
  const alertsOf = (subject: string) =>
    world.database.query<OpenAlert>(
      'SELECT name, subject, params FROM alerts WHERE subject = $1 AND resolved_at IS NULL ORDER BY name',
      [subject],
    );
  const open = (...circuits: Circuit[]) => {
    vi.spyOn(world.api.app.get(Circuits, { strict: false }), 'list').mockResolvedValue(circuits);
  };
  const circuit = (key: string, reason: Circuit['reason'] = 'HTTP_403') =>
    ({ key, state: 'open', openUntil: ago(-10), level: 1, reason }) as const;
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('writes what the last hour and day were like', async () => {
    const lately = ago(1);
    await writeAttempt(world.database, { startedAt: ago(3), ...failed });
    await writeAttempt(world.database, { startedAt: ago(5), downloadSpeedBytesPerSec: 1_000 });
    await writeAttempt(world.database, { startedAt: ago(90), downloadSpeedBytesPerSec: 3_000 });
    await writeAttempt(world.database, { startedAt: ago(91), ...failed });
    // Begun long ago, but it has failed just now.
    await writeAttempt(world.database, { startedAt: ago(70), endedAt: lately, ...failed });
    await writeAttempt(world.database, { startedAt: ago(25 * 60), downloadSpeedBytesPerSec: 1 });
    for (const left of [failedByContent, { outcome: 'cancelled' }, { outcome: null, endedAt: null }] as const) {
      await writeAttempt(world.database, { startedAt: ago(4), ...left });
    }
    await watch.look();
    expect(await providerOf('yt-dlp')).toMatchObject({
      healthStatus: 'degraded',
      errorCount1h: 2,
      successRate24h: 0.4,
      avgSpeedBytesPerSec: 2_000,
      lastErrorAt: lately,
    });
    expect(await providerOf('savenow')).toMatchObject({
      healthStatus: 'healthy',
      errorCount1h: 0,
      successRate24h: null,
      lastSuccessAt: null,
    });
  });

  it('remembers the last success for longer than it looks back, and leaves what is unchanged alone', async () => {
    const long = ago(48 * 60);
    await world.database.query(`UPDATE download_providers SET last_success_at = $1 WHERE name = 'yt-dlp'`, [long]);
    await watch.look();
    const versionOf = async () =>
      (await world.database.query<{ xmin: string }>(`SELECT xmin FROM download_providers WHERE name = 'yt-dlp'`))[0];
    const version = await versionOf();
    await watch.look();
    expect((await providerOf('yt-dlp')).lastSuccessAt).toEqual(long);
    expect(await versionOf()).toEqual(version);
  });

  it('tells of a provider that fails, and when that is over', async () => {
    for (let minute = 1; minute <= 6; minute += 1)
      await writeAttempt(world.database, { startedAt: ago(minute), ...failed });
    await writeAttempt(world.database, { startedAt: ago(8) });
    await watch.look();
    expect((await providerOf('yt-dlp')).healthStatus).toBe('down');
    expect(await alertsOf('yt-dlp')).toEqual([
      { name: 'provider_down', subject: 'yt-dlp', params: { provider: 'yt-dlp', errorRate: 86 } },
    ]);
    await world.database.query('TRUNCATE download_attempts');
    await watch.look();
    expect((await providerOf('yt-dlp')).healthStatus).toBe('healthy');
    expect(await alertsOf('yt-dlp')).toEqual([]);
  });

  it('has one warning to tell when more than 80 % of a budget is spent, however long it lasts (point 6)', async () => {
    const spend = async (usd: string) => {
      await world.database.query(
        `UPDATE download_providers SET daily_spent_usd = $1, budget_reset_at = now() + interval '1 hour'
         WHERE name = 'savenow'`,
        [usd],
      );
      world.api.app.get(RoutingTable, { strict: false }).forget();
      await watch.look();
    };
    await spend('8');
    expect(await alertsOf('savenow')).toEqual([]);
    for (const usd of ['8.0001', '8.5', '9.9', '10']) await spend(usd);
    expect(await alertsOf('savenow')).toEqual([
      { name: 'budget_warning', subject: 'savenow', params: { provider: 'savenow', spent: '10.00', budget: '10.00' } },
    ]);
    const raised = await world.database.query(`SELECT count FROM alerts WHERE subject = 'savenow'`);
    expect(raised).toEqual([{ count: 4 }]);
    await spend('0');
    expect(await alertsOf('savenow')).toEqual([]);
  });

  it('tells of a provider and of a platform that circuits have closed, without a single attempt', async () => {
    open(circuit('e:direct:tiktok', 'BLOCK_IP'), circuit('p:rapidapi', 'CONFIG'));
    await watch.look();
    expect(await alertsOf('tiktok')).toMatchObject([{ name: 'all_providers_down', params: { platform: 'tiktok' } }]);
    expect(await alertsOf('youtube')).toEqual([]);
    expect(await alertsOf('yt-dlp')).toMatchObject([{ name: 'provider_down', params: { errorRate: 0 } }]);
    expect(await alertsOf('rapidapi')).toMatchObject([
      { name: 'provider_config', params: { reason: 'CONFIG' } },
      { name: 'provider_down' },
    ]);
    open();
    await watch.look();
    for (const subject of ['tiktok', 'yt-dlp', 'rapidapi']) expect(await alertsOf(subject)).toEqual([]);
  });

  it('does what the buttons of its alerts say (point 24)', async () => {
    const circuits = world.api.app.get(Circuits, { strict: false });
    const actions = world.api.app.get(ProviderAlertActions, { strict: false });
    open(circuit('p:yt-dlp:youtube:long'), circuit('e:direct:youtube'), circuit('p:savenow'));
    const [extended, closed] = [vi.spyOn(circuits, 'extend'), vi.spyOn(circuits, 'close')];
    await actions.extendCooldown({ subject: 'yt-dlp', actor: 'telegram:7' });
    await actions.endCooldown({ subject: 'yt-dlp', actor: 'telegram:7' });
    const ofYtDlp = ['p:yt-dlp:youtube:long', 'e:direct:youtube'];
    expect(extended.mock.calls).toEqual(ofYtDlp.map((key) => [key, 30]));
    expect(closed.mock.calls).toEqual(ofYtDlp.map((key) => [key]));

    await actions.disable({ subject: 'savenow', actor: 'telegram:7' });
    await actions.disable({ subject: 'savenow', actor: 'telegram:7' });
    expect((await providerOf('savenow')).isActive).toBe(false);
    const audited = await world.database.query(
      `SELECT actor, before, after FROM audit_log WHERE subject = 'provider:savenow'`,
    );
    expect(audited).toEqual([{ actor: 'telegram:7', before: { isActive: true }, after: { isActive: false } }]);
  });
});
