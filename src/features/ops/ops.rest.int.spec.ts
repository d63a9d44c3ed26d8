import { testStores, type TestStores } from '../../../test/support/stores.js';
import { AccessTokens } from '../../platform/auth/access-tokens.js';
import type { UserRole } from '../../platform/auth/principal.js';
import { Database } from '../../platform/database/database.js';
import { DiscoveryModule } from '../../platform/discovery/discovery.module.js';
import { startApi, type TestApi } from '../../platform/http-server/testing/start-api.js';
import { defineAlert } from './alerts/alert-definition.js';
import { Alerts } from './alerts/alerts.js';
import { AuditLog } from './audit/audit-log.js';
import { OperatorCalendar } from './calendar/operator-calendar.js';
import { ErrorLog, type LoggedError } from './errors/error-log.js';
import { opsConfig } from './ops.config.js';
import { OpsModule } from './ops.module.js';
import { Retention } from './retention.js';
import { RecordingFrontendModule } from './testing/recording-frontend.js';

type Item = Record<string, unknown>;
type List = { items: Item[]; total: number };

const down = defineAlert({ name: 'down', severity: 'critical', quietMin: 15, actions: [] });
const leak = defineAlert({ name: 'leak', severity: 'warning', quietMin: 15, actions: [] });

const usual: LoggedError = {
  source: 'downloads',
  platform: 'youtube',
  provider: 'yt-dlp',
  type: 'HARD_KILL',
  code: 'HTTP_403',
  message: 'HTTP Error 403: Forbidden',
  errorRef: 'AAAA1111',
  subjectId: null,
  version: '2026.08.19',
};

describe('what the operator can look up', () => {
  let stores: TestStores;
  let api: TestApi;
  let admin: string;

  beforeAll(async () => {
    stores = await testStores();
    const imports = [DiscoveryModule, OpsModule, RecordingFrontendModule];
    api = await startApi({ stores, groups: [opsConfig], env: { API_RATE_PER_MIN: '0' }, imports });
    admin = await tokenOf('admin');
  });
  afterAll(async () => {
    await api.close();
    await stores.close();
  });
  beforeEach(() => api.app.get(Database).query('TRUNCATE alerts, audit_log, errors'));

  const tokenOf = async (role: UserRole) =>
    (await api.app.get(AccessTokens).issue({ id: crypto.randomUUID(), email: 'ada@example.com', role })).token;
  const get = async <T = List>(path: string) => {
    const response = await api.call(`/api/v1/${path}`, { token: admin });
    expect(response.status).toBe(200);
    return (await response.json()) as T;
  };
  const valuesOf = async (path: string, field: string) => (await get(path)).items.map((item) => item[field]);

  const nobody = '00000000-0000-4000-8000-000000000000';
  it.each(['alerts', 'audit', 'errors', 'errors/totals', 'errors/groups', `errors/${nobody}`])(
    'is for admins alone: %s',
    async (path) => {
      expect((await api.call(`/api/v1/${path}`)).status).toBe(401);
      expect((await api.call(`/api/v1/${path}`, { token: await tokenOf('user') })).status).toBe(403);
    },
  );

  it.each([
    'alerts?state=asleep',
    'alerts?name=%00',
    'audit?from=yesterday',
    'audit?pageSize=101',
    'errors?source=cat',
    'errors?text=a%00b',
    'errors/totals?to=x',
    'errors/42',
  ])('is not found by %s', async (path) => {
    expect((await api.call(`/api/v1/${path}`, { token: admin })).status).toBe(400);
  });

  describe('alerts', () => {
    beforeEach(async () => {
      const alerts = api.app.get(Alerts);
      await alerts.raise(down, { subject: 'pump', params: { pressure: 3 } });
      await alerts.raise(down, { subject: 'fan', params: {} });
      await alerts.raise(leak, { subject: 'pump', params: {} });
      await alerts.raise(leak, { subject: 'pump', params: {} });
      await alerts.resolve(down, 'fan');
    });

    it('are listed with their words, the newest first', async () => {
      const { items, total } = await get('alerts');
      expect(total).toBe(3);
      const time = expect.stringMatching(/^\d{4}-.*Z$/) as string;
      expect(items.map(({ name, subject, state }) => [name, subject, state])).toEqual([
        ['leak', 'pump', 'open'],
        ['down', 'fan', 'resolved'],
        ['down', 'pump', 'open'],
      ]);
      expect(items[0]).toMatchObject({ count: 2, severity: 'warning' });
      expect(items[1]).toMatchObject({ resolvedAt: time });
      expect(items[2]).toEqual({
        id: expect.any(Number) as number,
        name: 'down',
        severity: 'critical',
        subject: 'pump',
        params: { pressure: 3 },
        state: 'open',
        count: 1,
        raisedAt: time,
        lastSeenAt: time,
        lastToldAt: time,
        resolvedAt: null,
        text: { en: 'down of pump', ru: 'down у pump' },
      });
    });

    it('are filtered and paged', async () => {
      expect(await valuesOf('alerts?state=resolved', 'subject')).toEqual(['fan']);
      expect(await valuesOf('alerts?state=open', 'name')).toEqual(['leak', 'down']);
      expect(await valuesOf('alerts?name=down', 'subject')).toEqual(['fan', 'pump']);
      expect(await valuesOf('alerts?subject=pump&name=leak', 'name')).toEqual(['leak']);
      expect(await get('alerts?page=2&pageSize=2')).toMatchObject({ total: 3, items: [{ subject: 'pump' }] });
    });
  });

  describe('changes of operators', () => {
    const note = (actor: string, action: string, subject: string, at: string) =>
      api.app.get(Database).transaction(async () => {
        await api.app.get(AuditLog).record({ actor, action, subject, before: null, after: { limit: 2 } });
        await api.app.get(Database).query('UPDATE audit_log SET at = $1 WHERE actor = $2', [at, actor]);
      });

    beforeEach(async () => {
      await note('user:1', 'provider.updated', 'provider:yt-dlp', '2026-01-01T00:00:00Z');
      await note('telegram:2', 'provider.disable', 'alert:1', '2026-01-02T00:00:00Z');
    });

    it('are listed, the newest first', async () => {
      const { items, total } = await get('audit');
      expect(total).toBe(2);
      expect(items[1]).toEqual({
        id: expect.any(String) as string,
        actor: 'user:1',
        action: 'provider.updated',
        subject: 'provider:yt-dlp',
        before: null,
        after: { limit: 2 },
        at: '2026-01-01T00:00:00.000Z',
      });
    });

    it.each([
      ['actor=telegram:2', ['telegram:2']],
      ['action=provider.updated', ['user:1']],
      ['subject=provider:yt-dlp', ['user:1']],
      ['from=2026-01-02T00:00:00Z', ['telegram:2']],
      ['to=2026-01-02T00:00:00Z', ['user:1']],
      ['from=2026-01-01T00:00:00Z&to=2026-01-03T00:00:00Z', ['telegram:2', 'user:1']],
    ])('are found by %s', async (filter, actors) => {
      expect(await valuesOf(`audit?${filter}`, 'actor')).toEqual(actors);
    });
  });

  describe('errors', () => {
    const record = async (errorRef: string, at: Date, error: Partial<LoggedError> = {}) => {
      await api.app.get(ErrorLog).record({ ...usual, ...error, errorRef });
      await api.app.get(Database).query('UPDATE errors SET at = $1 WHERE error_ref = $2', [at, errorRef]);
    };
    const day = (day: number) => new Date(Date.UTC(2026, 0, day));

    it('are listed, and found one by one', async () => {
      await record('AAAA1111', day(1), { message: 'zero \0 byte' });
      const [item] = (await get('errors')).items;
      const id = String(item?.id);
      expect(item).toEqual({
        ...usual,
        id,
        message: 'zero  byte',
        signature: 'http_403: zero byte',
        at: '2026-01-01T00:00:00.000Z',
      });
      expect(await get(`errors/${id}`)).toEqual(item);
      const missing = await api.call(`/api/v1/errors/${nobody}`, { token: admin });
      expect(missing.status).toBe(404);
      expect(await missing.json()).toMatchObject({ code: 'ops.error_not_found' });
    });

    it.each([
      ['', ['C', 'B', 'A']],
      ['source=sending', ['C']],
      ['platform=youtube', ['B', 'A']],
      ['provider=rapidapi', ['B']],
      ['type=STALL', ['B']],
      ['code=HTTP_403', ['C', 'A']],
      ['text=100%25%20of_it', ['B']],
      ['text=ERROR', ['C', 'A']],
      ['text=%25', ['B']],
      ['errorRef=A', ['A']],
      ['signature=stall%3A%20only%20%23%25%20of_it', ['B']],
      ['from=2026-01-02T00:00:00Z&to=2026-01-03T00:00:00Z', ['B']],
      ['page=2&pageSize=2', ['A']],
    ])('are found by «%s», the newest first', async (filter, refs) => {
      await record('A', day(1));
      await record('B', day(2), { provider: 'rapidapi', type: 'STALL', code: 'STALL', message: 'Only 100% of_it' });
      await record('C', day(3), { source: 'sending', platform: null });
      expect(await valuesOf(`errors?${filter}`, 'errorRef')).toEqual(refs);
    });

    it('are counted: all, today, and by what they have in common', async () => {
      const calendar = api.app.get(OperatorCalendar);
      const midnight = calendar.startOf(calendar.today());
      await record('A', midnight);
      await record('B', new Date(midnight.getTime() - 1), { platform: 'tiktok' });
      await record('C', day(1), { source: 'sending', platform: null, type: 'LOCAL' });
      await record('D', day(1));
      expect(await get('errors/totals')).toEqual({
        all: 4,
        today: 1,
        byPlatform: [
          { platform: 'youtube', count: 2 },
          { platform: 'tiktok', count: 1 },
          { platform: null, count: 1 },
        ],
        bySource: [
          { source: 'downloads', count: 3 },
          { source: 'sending', count: 1 },
        ],
        byType: [
          { type: 'HARD_KILL', count: 3 },
          { type: 'LOCAL', count: 1 },
        ],
      });
      expect(await get('errors/totals?platform=tiktok')).toMatchObject({ all: 1, today: 0, byType: [{ count: 1 }] });
      expect(await get('errors/totals?to=2026-01-02T00:00:00Z')).toMatchObject({ all: 2, today: 0 });
    });

    it('are grouped by what their messages have in common', async () => {
      const lost = (id: number) => ({ code: 'GONE', message: `Video ${id} is lost` });
      await record('A', day(1), lost(1));
      await record('B', day(3), { ...lost(3), platform: 'tiktok', version: '2026.09.01' });
      await record('C', day(2), { ...lost(2), provider: null });
      await record('D', day(4));
      const { items, total } = await get('errors/groups');
      expect(total).toBe(2);
      expect(items.map(({ signature }) => signature)).toEqual([
        'http_403: http error #: forbidden',
        'gone: video # is lost',
      ]);
      expect(items[1]).toEqual({
        signature: 'gone: video # is lost',
        message: 'Video 3 is lost',
        count: 3,
        firstSeenAt: day(1).toISOString(),
        lastSeenAt: day(3).toISOString(),
        platforms: ['tiktok', 'youtube'],
        providers: ['yt-dlp'],
        versions: ['2026.08.19', '2026.09.01'],
        lastErrorRef: 'B',
      });
      const ofYoutube = await get('errors/groups?platform=youtube&pageSize=1&page=2');
      expect(ofYoutube).toMatchObject({
        total: 2,
        items: [{ message: 'Video 2 is lost', count: 2, lastErrorRef: 'C' }],
      });
      expect(await get('errors/groups?page=9')).toMatchObject({ items: [], total: 2 });
    });

    it('are forgotten after 90 days', async () => {
      const days = (count: number) => new Date(Date.now() - count * 86_400_000);
      await record('old', days(90.01));
      await record('young', days(89.99));
      await api.app.get(Retention).forgetErrors();
      expect(await valuesOf('errors', 'errorRef')).toEqual(['young']);
    });
  });
});
