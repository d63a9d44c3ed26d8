import type { Account } from '../../../platform/auth/principal.js';
import type { Problem } from '../../../platform/errors/problem.js';
import type { Call } from '../../../platform/http-server/testing/start-api.js';
import { Redis } from '../../../platform/redis/redis.js';
import { NotificationsFrontend, TelegramLinks } from '../index.js';
import { notificationsApi, type NotificationsApi } from '../testing/notifications-api.js';
import type { RecordingNotificationsFrontend } from '../testing/recording-frontend.js';
import { LINK_CODE_TTL_MS } from './link-codes.js';
import type { TelegramInvitationDto } from './telegram-link.dto.js';

const chat = (chatId: number, bot = 'first') => ({ bot, chatId, tgUserId: chatId });

describe('links with chats of Telegram', () => {
  let api: NotificationsApi;
  let links: TelegramLinks;
  let notes: string[];
  let ada: Account;
  let token: string;

  beforeAll(async () => {
    api = await notificationsApi();
    links = api.app.get(TelegramLinks, { strict: false });
    ({ notes } = api.app.get<RecordingNotificationsFrontend>(NotificationsFrontend));
  });
  afterAll(() => api.close());
  beforeEach(async () => {
    ({ owner: ada, token } = await api.newOwner());
    notes.length = 0;
  });

  const call = async <T>(request: Call = {}, expected = 200): Promise<T> => {
    const response = await api.call('/api/v1/notifications/telegram', { token, ...request });
    const text = await response.text();
    expect(response.status, text).toBe(expected);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  };
  const invite = () => call<TelegramInvitationDto>({ method: 'POST' }, 201);
  const newCode = async () => (await invite()).url.split('start=link_')[1] ?? '';
  const keys = () => api.app.get(Redis).client.keys('nexus:link-code:*');

  it('begin with an address that is good for 10 minutes', async () => {
    const { url, expiresAt } = await invite();
    expect(url).toMatch(/^https:\/\/t\.me\/first_bot\?start=link_[\w-]{22}$/);
    expect(Date.parse(expiresAt) - api.clock.now().getTime()).toBe(LINK_CODE_TTL_MS);
    const [key = ''] = await keys();
    expect(key).not.toContain(url.split('link_')[1]);
    expect(await api.app.get(Redis).client.pTTL(key)).toBeGreaterThan(LINK_CODE_TTL_MS - 60_000);
    expect(await api.app.get(Redis).client.pTTL(key)).toBeLessThanOrEqual(LINK_CODE_TTL_MS);
  });

  it('are made by one of many that use the code, and by it again', async () => {
    const code = await newCode();
    const attempts = await Promise.all(Array.from({ length: 10 }, (_, i) => links.redeem(code, `first:${i}`, chat(i))));
    const winner = attempts.indexOf(true);
    expect(attempts.filter(Boolean)).toHaveLength(1);
    expect(await links.redeem(code, `first:${winner}`, chat(winner))).toBe(true);
    expect(await call()).toEqual({ linked: true, bot: 'first_bot', linkedAt: api.clock.now().toISOString() });
    const rows = await api.database.query('SELECT chat_id FROM telegram_links WHERE user_id = $1', [ada.id]);
    expect(rows).toEqual([{ chat_id: String(winner) }]);
    expect(notes).toEqual([]);
  });

  it('are not made by what is no code, or too old', async () => {
    expect(await links.redeem('AAAAAAAAAAAAAAAAAAAAAA', 'first:1', chat(1))).toBe(false);
    const code = await newCode();
    await api.app.get(Redis).client.flushDb();
    expect(await links.redeem(code, 'first:1', chat(1))).toBe(false);
    expect(await call()).toEqual({ linked: false, bot: 'first_bot', linkedAt: null });
  });

  it('take the place of an older one, whose chat is told', async () => {
    await links.redeem(await newCode(), 'first:1', chat(1));
    await links.redeem(await newCode(), 'first:2', chat(1));
    expect(notes).toEqual([]);
    await links.redeem(await newCode(), 'first:3', chat(2));
    expect(notes).toEqual(['1: unlinked']);
    await links.redeem(await newCode(), 'second:1', chat(2, 'second'));
    expect(notes).toEqual(['1: unlinked', '2: unlinked']);
    expect(await call()).toMatchObject({ linked: true, bot: 'second_bot' });
  });

  it('end when the owner wants it, or the person in the chat', async () => {
    await links.redeem(await newCode(), 'first:1', chat(41));
    await call({ method: 'DELETE' }, 204);
    await call({ method: 'DELETE' }, 204);
    expect(notes).toEqual(['41: unlinked']);
    expect(await call()).toMatchObject({ linked: false });
    await links.redeem(await newCode(), 'first:2', chat(41));
    const { token: stranger } = await api.newOwner();
    await call({ method: 'DELETE', token: stranger }, 204);
    expect(await links.unlinkPerson(42)).toBe(false);
    expect(await call()).toMatchObject({ linked: true });
    expect(await links.unlinkPerson(41)).toBe(true);
    expect(await call()).toMatchObject({ linked: false });
  });

  // The last one: afterwards this Redis is gone.
  it('cannot be made while Redis is away, and that is said', async () => {
    api.app.get(Redis).client.destroy();
    const { code, detail } = await call<Problem>({ method: 'POST' }, 502);
    expect({ code, detail }).toEqual({
      code: 'notifications.linking_unavailable',
      detail: 'Chats cannot be linked now, try again in a minute',
    });
  });
});
