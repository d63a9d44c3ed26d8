import { randomUUID } from 'node:crypto';
import { Global, Module } from '@nestjs/common';
import { AccessTokens } from '../../platform/auth/access-tokens.js';
import type { UserRole } from '../../platform/auth/principal.js';
import { Database } from '../../platform/database/database.js';
import { DiscoveryModule } from '../../platform/discovery/discovery.module.js';
import type { Problem } from '../../platform/errors/problem.js';
import { EventsModule } from '../../platform/events/events.module.js';
import type { Page } from '../../platform/http-server/paging.js';
import { startApi, type TestApi } from '../../platform/http-server/testing/start-api.js';
import { QueueModule } from '../../platform/queue/queue.module.js';
import { testStores, type TestStores } from '../../../test/support/stores.js';
import { AlertsFrontend, opsConfig, OpsModule } from '../ops/index.js';
import type { AudienceStatsDto } from './audience-stats.dto.js';
import { AudienceModule } from './audience.module.js';
import { AudienceService } from './audience.service.js';
import { BotUser } from './bot-user.entity.js';
import type { BotUserDto, BotUserProfileDto } from './bot-users.dto.js';
import { RequestsTable } from './activity/requests-table.js';

const LAST_REQUEST = new Date('2026-03-10T12:00:00Z');

class Letters extends RequestsTable {
  readonly name = 'asked_letters';
  readonly state = `'failed'`;
  readonly isDelivered = 'false';
  readonly platform = `'paper'`;
  readonly title = 'NULL::text';
  readonly link = 'NULL::text';
  readonly errorRef = `'ABCDEFGH'`;
}

@Global()
@Module({
  providers: [Letters, { provide: AlertsFrontend, useValue: { canTell: () => false } }],
  exports: [AlertsFrontend],
})
class PortsModule {}

describe('the users of bots', () => {
  let stores: TestStores;
  let api: TestApi;
  let database: Database;
  const adminId = randomUUID();

  beforeAll(async () => {
    stores = await testStores();
    api = await startApi({
      stores,
      groups: [opsConfig],
      env: { NEXUS_ROLES: 'api' },
      imports: [DiscoveryModule, EventsModule, QueueModule, OpsModule, PortsModule, AudienceModule],
    });
    database = api.app.get(Database);
    await database.query('CREATE TABLE asked_letters (id uuid, bot text, tg_user_id bigint, created_at timestamptz)');
    // Only Anna has asked for anything.
    await database.query(
      `INSERT INTO asked_letters SELECT gen_random_uuid(), 'downloader', 1, $1 FROM generate_series(1, 2)`,
      [LAST_REQUEST],
    );
  });
  afterAll(async () => {
    await api.close();
    await stores.close();
  });
  beforeEach(async () => {
    await database.query('TRUNCATE bot_users, audit_log');
    const users: Partial<BotUser>[] = [
      { tgUserId: 1, username: 'anna_k', name: 'Anna', lastSeenAt: new Date('2026-03-04T00:00:00Z') },
      { tgUserId: 2, name: 'John 100%', lastSeenAt: new Date('2026-03-03T00:00:00Z'), blockedBotAt: LAST_REQUEST },
      {
        tgUserId: 3,
        username: 'annabel',
        name: 'Bel',
        lastSeenAt: new Date('2026-03-02T00:00:00Z'),
        bannedAt: LAST_REQUEST,
      },
      { tgUserId: 1, name: 'Anna', bot: 'other', lastSeenAt: new Date('2026-03-01T00:00:00Z') },
    ];
    await database
      .repository(BotUser)
      .insert(users.map((user) => ({ bot: 'downloader', language: 'en', firstSeenAt: user.lastSeenAt, ...user })));
  });

  const ask = async (path: string, { method = 'GET', role = 'admin' }: { method?: string; role?: UserRole } = {}) => {
    const { token } = await api.app.get(AccessTokens).issue({ id: adminId, email: 'a@b.co', role });
    const response = await api.call(`/api/v1${path}`, { method, token });
    return { status: response.status, body: await response.json() };
  };
  const list = async (query: string) => (await ask(`/bot-users?${query}`)).body as Page<BotUserDto>;
  const idOf = async (tgUserId: number) =>
    (await database.repository(BotUser).findOneByOrFail({ bot: 'downloader', tgUserId })).id;

  it.each([
    ['', ['1', '2', '3', '1 other']],
    ['sort=lastSeenAt', ['1 other', '3', '2', '1']],
    ['bot=other', ['1 other']],
    ['text=ANNA', ['1', '3', '1 other']],
    ['text=%40anna_', ['1']],
    ['text=100%25', ['2']],
    ['text=2', ['2']],
    ['blocked=true', ['2']],
    ['blocked=false&banned=false', ['1', '1 other']],
    ['banned=true', ['3']],
    ['activeSince=2026-03-03T00:00:00Z', ['1', '2']],
    ['page=2&pageSize=3', ['1 other']],
  ])('are found: %s', async (query, expected) => {
    const { items } = await list(query);
    expect(items.map(({ tgUserId, bot }) => (bot === 'downloader' ? `${tgUserId}` : `${tgUserId} ${bot}`))).toEqual(
      expected,
    );
  });

  it('are listed with what they have asked for', async () => {
    const { items, total } = await list('pageSize=2');
    expect(total).toBe(4);
    expect(items).toMatchObject([
      { username: 'anna_k', requests: 2, lastRequestAt: LAST_REQUEST.toISOString(), bannedAt: null },
      { username: null, requests: 0, lastRequestAt: null, blockedBotAt: LAST_REQUEST.toISOString() },
    ]);
  });

  it('have a profile', async () => {
    const { status, body } = await ask(`/bot-users/${await idOf(1)}`);
    const { byDay, byPlatform, lastRequests, ...user } = body as BotUserProfileDto;
    expect(status).toBe(200);
    expect(user).toMatchObject({ tgUserId: 1, name: 'Anna', requests: 2 });
    expect([byDay.length, byPlatform]).toEqual([30, [{ platform: 'paper', requests: 2 }]]);
    expect(lastRequests[0]).toMatchObject({ errorRef: 'ABCDEFGH', createdAt: LAST_REQUEST.toISOString() });
  });

  it('are blocked and unblocked, once each', async () => {
    const id = await idOf(1);
    const isBanned = async () =>
      (await api.app.get(AudienceService).seen('downloader', { id: 1, first_name: 'Anna' })).banned;
    const post = (action: string) => ask(`/bot-users/${id}/${action}`, { method: 'POST' });
    const first = await post('block');
    expect(first.status).toBe(200);
    const { bannedAt } = first.body as BotUserDto;
    expect(bannedAt).not.toBeNull();
    expect(((await post('block')).body as BotUserDto).bannedAt).toBe(bannedAt);
    expect(await isBanned()).toBe(true);
    expect(((await post('unblock')).body as BotUserDto).bannedAt).toBeNull();
    await post('unblock');
    expect(await isBanned()).toBe(false);
    const audited = await database.query('SELECT actor, action, subject, before, after FROM audit_log ORDER BY at');
    const common = { actor: `user:${adminId}`, subject: `bot_user:${id}` };
    expect(audited).toEqual([
      { ...common, action: 'bot_user.blocked', before: { bannedAt: null }, after: { bannedAt } },
      { ...common, action: 'bot_user.unblocked', before: { bannedAt }, after: { bannedAt: null } },
    ]);
  });

  it('are counted', async () => {
    await database.query(
      `UPDATE bot_users SET first_seen_at = now() - interval '40 days', last_seen_at = first_seen_at`,
    );
    await database.query(`UPDATE bot_users SET last_seen_at = now() - interval '3 days' WHERE tg_user_id = 2`);
    await database.query(
      `UPDATE bot_users SET first_seen_at = now() - interval '8 days', last_seen_at = now() WHERE tg_user_id = 3`,
    );
    const { bots, ...all } = (await ask('/stats/users')).body as AudienceStatsDto;
    const ofDownloader = {
      total: 3,
      new1Day: 0,
      new7Days: 0,
      new30Days: 1,
      active1Day: 1,
      active7Days: 2,
      active30Days: 2,
      blocked: 1,
      banned: 1,
    };
    expect(bots).toMatchObject([
      { bot: 'downloader', ...ofDownloader },
      { bot: 'other', total: 1, active30Days: 0 },
    ]);
    expect(all).toEqual({ ...ofDownloader, total: 4 });
  });

  it('refuse what makes no sense, and who may not', async () => {
    const codeOf = async (path: string, call = {}) => {
      const { status, body } = await ask(path, call);
      return `${status} ${(body as Problem).code}`;
    };
    expect(await codeOf('/bot-users?blocked=maybe')).toBe('400 request.invalid');
    expect(await codeOf('/bot-users?activeSince=yesterday')).toBe('400 request.invalid');
    expect(await codeOf('/bot-users/7')).toBe('400 request.invalid');
    for (const [method, action] of [
      ['GET', ''],
      ['POST', '/block'],
      ['POST', '/unblock'],
    ] as const) {
      expect(await codeOf(`/bot-users/${randomUUID()}${action}`, { method })).toBe('404 audience.user_not_found');
    }
    expect(await codeOf('/bot-users', { role: 'user' })).toBe('403 auth.forbidden');
    expect(await codeOf('/stats/users', { role: 'user' })).toBe('403 auth.forbidden');
  });
});
