import { randomUUID } from 'node:crypto';
import type { Account } from '../../platform/auth/principal.js';
import type { Problem } from '../../platform/errors/problem.js';
import type { Page } from '../../platform/http-server/paging.js';
import type { Call } from '../../platform/http-server/testing/start-api.js';
import type { NotificationDto } from './inbox/notifications.dto.js';
import { NotificationsFrontend } from './index.js';
import { Retention } from './retention.js';
import { notificationsApi, type NotificationsApi } from './testing/notifications-api.js';
import type { RecordingNotificationsFrontend } from './testing/recording-frontend.js';

const DAY_MS = 86_400_000;

describe('notifications', () => {
  let api: NotificationsApi;
  let ada: Account;
  let token: string;

  beforeAll(async () => {
    api = await notificationsApi();
  });
  afterAll(() => api.close());
  beforeEach(async () => {
    ({ owner: ada, token } = await api.newOwner());
  });

  const ready = (key: string, name = 'Lecture') => ({ event: 'recording.ready' as const, key, params: { name } });
  const call = async <T>(path: string, request: Call = {}, expected = 200): Promise<T> => {
    const response = await api.call(`/api/v1/notifications${path}`, { token, ...request });
    const answer = (await response.json()) as T;
    expect(response.status, JSON.stringify(answer)).toBe(expected);
    return answer;
  };
  const list = (query = '') => call<Page<NotificationDto>>(query);

  it('tells of a thing once, however many tell of it at the same moment', async () => {
    await Promise.all(Array.from({ length: 20 }, () => api.notifications.tell(ada.id, ready('one'))));
    await api.notifications.tell(ada.id, ready('two'));
    expect((await list()).total).toBe(2);
    const { owner: other } = await api.newOwner();
    await api.notifications.tell(other.id, ready('one'));
    expect((await list()).total).toBe(2);
  });

  it('says it in both languages, the newest first', async () => {
    await api.notifications.tell(ada.id, ready('one', 'First'));
    api.clock.advance(1);
    await api.notifications.tell(ada.id, ready('two', 'A\0B\ud83d'));
    const { items } = await list();
    expect(items).toMatchObject([
      {
        event: 'recording.ready',
        params: { name: 'AB' },
        readAt: null,
        createdAt: api.clock.now().toISOString(),
      },
      {
        text: {
          en: '✅ «First» is ready. Open it in the panel to watch or share it.',
          ru: '✅ Запись «First» готова. Откройте её в панели, чтобы посмотреть или поделиться.',
        },
      },
    ]);
  });

  it('tells nothing that was rolled back', async () => {
    const work = api.database.transaction(async () => {
      await api.notifications.tell(ada.id, ready('one'));
      throw new Error('It did not happen');
    });
    await expect(work).rejects.toThrow('It did not happen');
    expect((await list()).total).toBe(0);
    await api.notifications.tell(ada.id, ready('one'));
    expect((await list()).total).toBe(1);
  });

  it('tells nothing of what is muted, and again when it is not', async () => {
    const settings = (events: object) => call<{ events: object }>('/settings', { method: 'PATCH', json: { events } });
    const all = {
      'recording.ready': true,
      'recording.failed': true,
      'approval.requested': true,
      'credential.invalid': true,
      'automation.report': true,
      'quota.reached': true,
    };
    expect(await call('/settings')).toEqual({ events: all });
    const two = { 'recording.ready': false, 'quota.reached': false };
    expect(await settings(two)).toEqual({ events: { ...all, ...two } });
    await api.notifications.tell(ada.id, ready('one'));
    expect((await list()).total).toBe(0);
    expect(await settings({ 'recording.ready': true })).toEqual({ events: { ...all, 'quota.reached': false } });
    await api.notifications.tell(ada.id, ready('one'));
    expect((await list()).total).toBe(1);
  });

  it.each([
    {},
    { events: null },
    { events: [] },
    { events: { 'recording.lost': true } },
    { events: { 'quota.reached': null } },
  ])('refuses the settings %j', async (json) => {
    await call('/settings', { method: 'PATCH', json }, 400);
  });

  it('knows what was read', async () => {
    await api.notifications.tell(ada.id, ready('one'));
    await api.notifications.tell(ada.id, ready('two'));
    await api.notifications.tell(ada.id, ready('three'));
    const { items } = await list();
    const id = items[0]?.id ?? '';
    const read = await call<NotificationDto>(`/${id}/read`, { method: 'POST' });
    expect(read.readAt).toBe(api.clock.now().toISOString());
    api.clock.advance(1_000);
    expect(await call(`/${id}/read`, { method: 'POST' })).toEqual(read);
    expect(await call('/unread')).toEqual({ count: 2 });
    expect((await list('?unread=false')).items).toEqual([read]);
    expect(await call('/read-all', { method: 'POST' })).toEqual({ updated: 2 });
    expect(await call('/unread')).toEqual({ count: 0 });
    expect((await list('?unread=true')).total).toBe(0);
  });

  it('shows and changes nothing of others', async () => {
    const { owner: other } = await api.newOwner();
    await api.notifications.tell(other.id, ready('one'));
    const [row] = await api.database.query<{ id: string }>('SELECT id FROM notifications WHERE user_id = $1', [
      other.id,
    ]);
    for (const id of [row?.id ?? '', randomUUID()]) {
      const problem = await call<Problem>(`/${id}/read`, { method: 'POST' }, 404);
      expect(problem.code).toBe('notifications.not_found');
    }
    expect(await call('/read-all', { method: 'POST' })).toEqual({ updated: 0 });
    expect((await list()).total).toBe(0);
    const unread = await api.database.query('SELECT 1 FROM notifications WHERE user_id = $1 AND read_at IS NULL', [
      other.id,
    ]);
    expect(unread).toHaveLength(1);
  });

  it('forgets after 90 days', async () => {
    await api.notifications.tell(ada.id, ready('old'));
    api.clock.advance(DAY_MS);
    await api.notifications.tell(ada.id, ready('young'));
    api.clock.advance(89 * DAY_MS + 1);
    await api.app.get(Retention, { strict: false }).forget();
    const left = await api.database.query('SELECT dedup_key FROM notifications WHERE user_id = $1', [ada.id]);
    expect(left).toEqual([{ dedup_key: 'young' }]);
    api.clock.advance(-90 * DAY_MS);
  });

  it('tells the linked chat, in the same transaction', async () => {
    const { notes } = api.app.get<RecordingNotificationsFrontend>(NotificationsFrontend);
    await api.notifications.tell(ada.id, ready('before'));
    expect(notes).toEqual([]);
    await api.database.query(
      `INSERT INTO telegram_links (user_id, bot, tg_user_id, chat_id, linked_at) VALUES ($1, 'first', 7, 7, now())`,
      [ada.id],
    );
    await api.notifications.tell(ada.id, ready('one'));
    await api.notifications.tell(ada.id, ready('one'));
    expect(notes).toEqual(['7: recording.ready']);
  });
});
