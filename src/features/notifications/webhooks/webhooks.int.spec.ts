import { randomUUID } from 'node:crypto';
import { KeyRing } from '../../../platform/crypto/key-ring.js';
import type { Problem } from '../../../platform/errors/problem.js';
import type { Page } from '../../../platform/http-server/paging.js';
import type { Call } from '../../../platform/http-server/testing/start-api.js';
import { notificationsApi, type NotificationsApi } from '../testing/notifications-api.js';
import type { WebhookDto } from './webhooks.dto.js';

const HOOK = { url: 'https://example.com/hook?a=b', events: ['recording.ready'] };

describe('the routes of webhooks', () => {
  let api: NotificationsApi;
  let token: string;

  beforeAll(async () => {
    api = await notificationsApi();
  });
  afterAll(() => api.close());
  beforeEach(async () => {
    ({ token } = await api.newOwner());
  });

  const call = async <T>(path: string, request: Call = {}, expected = 200): Promise<T> => {
    const response = await api.call(`/api/v1/webhooks${path}`, { token, ...request });
    const text = await response.text();
    expect(response.status, text).toBe(expected);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  };
  const create = (body: object = {}) => call<WebhookDto>('', { json: { ...HOOK, ...body } }, 201);
  const patch = (id: string, json: object, expected = 200) =>
    call<WebhookDto & Problem>(`/${id}`, { method: 'PATCH', json }, expected);

  it('tell the secret once, and keep it encrypted', async () => {
    const made = await create();
    expect(made).toMatchObject({ ...HOOK, isActive: true, disabledReason: null });
    const { secret, ...shown } = made;
    expect(secret).toMatch(/^whsec_[\w-]{32}$/);
    expect(shown.secretMasked).toBe(`••••${secret?.slice(-4) ?? ''}`);
    expect(await call(`/${made.id}`)).toEqual(shown);
    expect(await call('')).toEqual({ items: [shown], total: 1, page: 1, pageSize: 20 });
    const [row] = await api.database.query<{ secret: string }>('SELECT secret FROM webhooks WHERE id = $1', [made.id]);
    expect(row?.secret).not.toContain(secret);
    expect(api.app.get(KeyRing).decrypt(row?.secret ?? '', `webhooks:${made.id}`)).toBe(secret);
  });

  it('take a secret, and make a new one', async () => {
    const secret = 'a-secret-of-my-own';
    const made = await create({ secret });
    expect(made).toMatchObject({ secret, secretMasked: '••••-own' });
    const rotated = await patch(made.id, { rotateSecret: true });
    expect(rotated.secret).toMatch(/^whsec_/);
    expect(rotated.secretMasked).toBe(`••••${rotated.secret?.slice(-4) ?? ''}`);
    expect((await patch(made.id, { rotateSecret: false })).secretMasked).toBe(rotated.secretMasked);
  });

  it('change what is named, and leave the rest', async () => {
    const { id } = await create();
    const url = 'http://localhost:8080/';
    expect(await patch(id, { url })).toMatchObject({ url, events: HOOK.events, isActive: true });
    const events = ['quota.reached', 'recording.failed'];
    expect(await patch(id, { events, isActive: false })).toMatchObject({ url, events, isActive: false });
    expect(await patch(id, {})).toMatchObject({ url, events, isActive: false });
    await call(`/${id}`, { method: 'DELETE' }, 204);
    expect((await call<Problem>(`/${id}`, {}, 404)).code).toBe('webhooks.not_found');
  });

  it.each([
    { url: 'ftp://example.com/' },
    { url: 'javascript:alert(1)' },
    { url: 'https://user:password@example.com/' },
    { url: 'example.com' },
    { url: `https://example.com/${'a'.repeat(2_000)}` },
    { url: 'https://example.com/\0' },
    { url: 7 },
    { url: null },
    { events: [] },
    { events: ['recording.lost'] },
    { events: ['recording.ready', 'recording.ready'] },
    { events: 'recording.ready' },
    { events: null },
    { secret: 'too short' },
    { secret: 'with zero bytes \0\0\0\0\0\0' },
    { secret: null },
    { isActive: 'yes' },
    { extra: 1 },
  ])('refuse %j', async (json) => {
    await call('', { json: { ...HOOK, ...json } }, 400);
    const { id } = await create();
    await patch(id, json, 400);
  });

  it('let an account have 20, however many come at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 25 }, () => api.call('/api/v1/webhooks', { token, json: HOOK })),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(20);
    const refused = answers.find(({ status }) => status === 409);
    expect(((await refused?.json()) as Problem).code).toBe('webhooks.too_many');
  });

  it('know nothing of what is of others', async () => {
    const made = await create();
    const { owner: other, token: stranger } = await api.newOwner();
    const own = await call<WebhookDto>('', { json: HOOK, token: stranger }, 201);
    await api.notifications.tell(other.id, { event: 'recording.ready', key: 'one', params: {} });
    const page = await call<Page<{ id: string }>>(`/${own.id}/deliveries`, { token: stranger });
    const delivery = page.items[0]?.id ?? '';
    const before = await call(`/${own.id}`, { token: stranger });

    for (const id of [own.id, randomUUID()]) {
      const refused = async (path: string, request: Call = {}) =>
        expect((await call<Problem>(`/${id}${path}`, request, 404)).code).toBe('webhooks.not_found');
      await refused('');
      await refused('', { method: 'PATCH', json: { isActive: false } });
      await refused('', { method: 'DELETE' });
      await refused('/test', { method: 'POST' });
      await refused('/deliveries');
      await refused(`/deliveries/${delivery}/retry`, { method: 'POST' });
    }
    const path = `/${made.id}/deliveries/${delivery}/retry`;
    expect((await call<Problem>(path, { method: 'POST' }, 404)).code).toBe('webhooks.delivery_not_found');
    expect((await call<Page<WebhookDto>>('')).items.map(({ id }) => id)).toEqual([made.id]);
    expect(await call(`/${own.id}`, { token: stranger })).toEqual(before);
  });

  it('refuse what is no id, and who is nobody', async () => {
    await call('/none', {}, 400);
    await call(`/${randomUUID()}/deliveries/none/retry`, { method: 'POST' }, 400);
    await call('', { token: undefined }, 401);
  });
});
