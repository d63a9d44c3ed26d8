import { Module } from '@nestjs/common';
import { testStores, type TestStores } from '../../../../test/support/stores.js';
import { Clock } from '../../../platform/clock/clock.js';
import { ManualClock } from '../../../platform/clock/testing/manual-clock.js';
import { Database } from '../../../platform/database/database.js';
import { DiscoveryModule } from '../../../platform/discovery/discovery.module.js';
import { EventsModule } from '../../../platform/events/events.module.js';
import { startApi, type TestApi } from '../../../platform/http-server/testing/start-api.js';
import { QueueModule } from '../../../platform/queue/queue.module.js';
import { opsConfig, OpsModule } from '../../ops/index.js';
import { RecordingFrontendModule } from '../../ops/testing/recording-frontend.js';
import { RequestsTable } from './requests-table.js';
import { UserActivity } from './user-activity.js';

const NOW = Date.parse('2026-11-20T22:00:00Z');
const TODAY = '2026-11-21';
const DAY_MS = 86_400_000;
const ANNA = { bot: 'letters', tgUserId: 7_000_000_001 };
const JOHN = { bot: 'letters', tgUserId: 8 };
const ELSEWHERE = { bot: 'parcels', tgUserId: ANNA.tgUserId };

class Letters extends RequestsTable {
  readonly name = 'asked_letters';
  readonly state = 'state';
  readonly isDelivered = `state = 'read'`;
  readonly platform = `'paper'`;
  readonly title = 'NULL::text';
  readonly link = 'NULL::text';
  readonly errorRef = 'NULL::text';
}

class Parcels extends RequestsTable {
  readonly name = 'asked_parcels';
  readonly state = `'sent'`;
  readonly isDelivered = 'false';
  readonly platform = 'box';
  readonly title = `'A parcel'`;
  readonly link = `'https://example.com'`;
  readonly errorRef = `'ABCDEFGH'`;
}

@Module({ providers: [Letters, Parcels, { provide: 'another name of it', useExisting: Letters }] })
class RequestsModule {}

describe('what a person has asked for', () => {
  let stores: TestStores;
  let api: TestApi;
  let activity: UserActivity;

  beforeAll(async () => {
    stores = await testStores();
    api = await startApi({
      stores,
      groups: [opsConfig],
      env: { NEXUS_ROLES: 'api', OPERATOR_TIMEZONE: 'Europe/Moscow' },
      imports: [DiscoveryModule, EventsModule, QueueModule, RecordingFrontendModule, OpsModule, RequestsModule],
      providers: [UserActivity],
      replace: [[Clock, new ManualClock(NOW)]],
    });
    activity = api.app.get(UserActivity);
    const common = 'id uuid DEFAULT gen_random_uuid(), bot text, tg_user_id bigint, created_at timestamptz';
    const database = api.app.get(Database);
    await database.query(`CREATE TABLE asked_letters (${common}, state text)`);
    await database.query(`CREATE TABLE asked_parcels (${common}, box text)`);
    const insert = (table: string, last: string, { bot, tgUserId }: typeof ANNA, days: number, value: string) =>
      database.query(`INSERT INTO ${table} (bot, tg_user_id, created_at, ${last}) VALUES ($1, $2, $3, $4)`, [
        ...[bot, tgUserId, ago(days), value],
      ]);
    await insert('asked_letters', 'state', ANNA, 0, 'read');
    await insert('asked_letters', 'state', ANNA, 29, 'lost');
    await insert('asked_letters', 'state', ANNA, 30, 'read');
    await insert('asked_parcels', 'box', ANNA, 1, 'wood');
    await insert('asked_parcels', 'box', ELSEWHERE, 2, 'wood');
  });
  afterAll(async () => {
    await api.close();
    await stores.close();
  });

  const ago = (days: number) => new Date(NOW - days * DAY_MS);

  it('is counted for each in a bot, of all features together', async () => {
    expect(await activity.summaries([ANNA, JOHN, ELSEWHERE])).toEqual([
      { requests: 4, lastRequestAt: ago(0) },
      null,
      { requests: 1, lastRequestAt: ago(2) },
    ]);
    expect(await activity.summaries([])).toEqual([]);
  });

  it('is shown by day of the operator, by platform, and the last of it', async () => {
    const { byDay, byPlatform, lastRequests } = await activity.of(ANNA);
    expect(byDay).toHaveLength(30);
    expect(byDay.filter(({ requests }) => requests > 0)).toEqual([
      { day: '2026-10-23', requests: 1, delivered: 0 },
      { day: '2026-11-20', requests: 1, delivered: 0 },
      { day: TODAY, requests: 1, delivered: 1 },
    ]);
    expect(byPlatform).toEqual([
      { platform: 'paper', requests: 3 },
      { platform: 'wood', requests: 1 },
    ]);
    const letter = { platform: 'paper', title: null, link: null, errorRef: null };
    expect(lastRequests).toMatchObject([
      { ...letter, state: 'read', createdAt: ago(0) },
      { platform: 'wood', title: 'A parcel', link: 'https://example.com', errorRef: 'ABCDEFGH', state: 'sent' },
      { ...letter, state: 'lost' },
      letter,
    ]);
  });

  it('is nothing of one who has not asked', async () => {
    const { byDay, ...rest } = await activity.of(JOHN);
    expect(byDay).toHaveLength(30);
    expect(rest).toEqual({ byPlatform: [], lastRequests: [] });
  });
});
