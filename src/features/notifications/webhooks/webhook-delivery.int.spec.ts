import { createHmac, randomUUID } from 'node:crypto';
import { eventually } from '../../../../test/support/eventually.js';
import type { Account } from '../../../platform/auth/principal.js';
import { startTrap, TestServers } from '../../../platform/egress/testing/servers.js';
import type { Problem } from '../../../platform/errors/problem.js';
import type { Page } from '../../../platform/http-server/paging.js';
import type { Call } from '../../../platform/http-server/testing/start-api.js';
import { Retention } from '../retention.js';
import { notificationsApi, type NotificationsApi } from '../testing/notifications-api.js';
import { WebhookReceiver } from '../testing/webhook-receiver.js';
import type { WebhookDeliveryDto } from './deliveries.dto.js';
import { DeliveryQueueRepository } from './delivery-queue.repository.js';
import type { WebhookDelivery } from './webhook-delivery.entity.js';
import { WebhookSender } from './webhook-sender.js';
import type { WebhookDto } from './webhooks.dto.js';

const HOUR_MS = 3_600_000;

describe('the delivery of webhooks', () => {
  let servers: TestServers;
  let receiver: WebhookReceiver;
  let slow: WebhookReceiver;
  let api: NotificationsApi;
  let ada: Account;
  let token: string;
  let hook: WebhookDto;

  beforeAll(async () => {
    servers = new TestServers();
    receiver = new WebhookReceiver();
    slow = new WebhookReceiver();
    for (const each of [receiver, slow]) await each.start(servers);
    api = await notificationsApi({
      NEXUS_ROLES: 'api,worker',
      DOWNLOAD_ALLOWED_PRIVATE_HOSTS: [receiver, slow].map(({ port }) => `127.0.0.1:${port}`).join(),
    });
  });
  afterAll(async () => {
    await api.close();
    await servers.close();
  });
  beforeEach(async () => {
    receiver.reset();
    slow.reset();
    ({ owner: ada, token } = await api.newOwner());
    hook = await newHook(receiver.url);
  });
  // Or what this test has left would be sent in the next one.
  afterEach(() => api.database.query('TRUNCATE webhooks CASCADE'));

  const call = async <T>(path: string, request: Call = {}, expected = 200): Promise<T> => {
    const response = await api.call(`/api/v1/webhooks${path}`, { token, ...request });
    const answer = (await response.json()) as T;
    expect(response.status, JSON.stringify(answer)).toBe(expected);
    return answer;
  };
  const newHook = (url: string) =>
    call<WebhookDto>('', { json: { url, events: ['recording.ready', 'quota.reached'] } }, 201);
  const tell = (key: string = randomUUID()) =>
    api.notifications.tell(ada.id, { event: 'recording.ready', key, params: { name: 'Лекция', recordingId: 'r1' } });
  const deliveries = async (id = hook.id) => (await call<Page<WebhookDeliveryDto>>(`/${id}/deliveries`)).items;
  /** A try counts while it is on its way, too: what was answered tells that it is over. */
  const settled = (expected: Partial<WebhookDeliveryDto>, id = hook.id) =>
    eventually(async () => {
      const [delivery] = await deliveries(id);
      expect(delivery).toMatchObject(expected);
      return delivery;
    });
  const later = async (ms: number) => {
    api.clock.advance(ms);
    await api.app.get(WebhookSender, { strict: false }).hurryDue();
  };

  it('brings an event once, signed so that the receiver can tell', async () => {
    await Promise.all([tell('one'), tell('one'), tell('one')]);
    const delivery = await settled({ state: 'delivered', attempts: 1, lastStatus: 204, nextAttemptAt: null });
    expect(receiver.received).toHaveLength(1);
    const { headers, body } = receiver.first;
    const [known] = await api.database.query<{ id: string }>('SELECT id FROM notifications WHERE user_id = $1', [
      ada.id,
    ]);
    expect(JSON.parse(body)).toEqual({
      id: known?.id,
      event: 'recording.ready',
      createdAt: delivery.createdAt,
      data: { name: 'Лекция', recordingId: 'r1' },
    });
    const timestamp = String(headers['x-nexus-timestamp']);
    expect(Number(timestamp)).toBe(Math.floor(api.clock.now().getTime() / 1_000));
    const expected = createHmac('sha256', hook.secret ?? '')
      .update(`${timestamp}.${body}`)
      .digest('hex');
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'x-nexus-signature': `sha256=${expected}`,
      'x-nexus-event': 'recording.ready',
      'x-nexus-delivery': delivery.id,
    });
  });

  it('goes to the webhooks that want the event, and are on', async () => {
    const json = { url: receiver.url, events: ['recording.failed'] };
    const other = await call<WebhookDto>('', { json }, 201);
    const off = await newHook(receiver.url);
    await call(`/${off.id}`, { method: 'PATCH', json: { isActive: false } });
    const second = await newHook(receiver.url);
    await tell();
    await settled({ state: 'delivered' });
    await settled({ state: 'delivered' }, second.id);
    expect(await deliveries(other.id)).toEqual([]);
    expect(await deliveries(off.id)).toEqual([]);
  });

  it('brings nothing that was rolled back', async () => {
    const work = api.database.transaction(async () => {
      await tell();
      throw new Error('It did not happen');
    });
    await expect(work).rejects.toThrow();
    expect(await deliveries()).toEqual([]);
  });

  it('repeats what was answered with 500, with the same id', async () => {
    receiver.status = 500;
    await tell();
    const failed = await settled({ state: 'pending', attempts: 1, lastStatus: 500, finishedAt: null });
    expect(failed.lastError).toBe('The receiver answered 500');
    const waits = Date.parse(failed.nextAttemptAt ?? '') - api.clock.now().getTime();
    expect(waits).toBeGreaterThanOrEqual(9_000);
    expect(waits).toBeLessThanOrEqual(11_000);
    receiver.status = 200;
    await later(waits);
    await settled({ state: 'delivered', attempts: 2, lastStatus: 200, lastError: null });
    const [first, second] = receiver.received;
    expect(second?.body).toBe(first?.body);
    expect(second?.headers['x-nexus-delivery']).toBe(first?.headers['x-nexus-delivery']);
  });

  it('repeats what was not answered within 10 s', async () => {
    receiver.status = null;
    await tell();
    await eventually(() => receiver.received.length === 1);
    api.clock.advance(10_000);
    await settled({ state: 'pending', attempts: 1, lastStatus: null, lastError: 'No answer within 10 s' });
  });

  it('repeats a try whose worker was killed', async () => {
    receiver.status = 500;
    await tell();
    const { id } = await settled({ state: 'pending', attempts: 1, lastStatus: 500 });
    receiver.status = 200;
    const queue = api.app.get(DeliveryQueueRepository, { strict: false });
    const leaseUntil = new Date(api.clock.now().getTime() + 30_000);
    const claims = await Promise.all([1, 2, 3].map(() => queue.claim(id, 1, leaseUntil)));
    expect(claims.filter(Boolean)).toHaveLength(1);
    await later(29_999);
    expect(await queue.due(api.clock.now(), 4)).toEqual([]);
    await later(1);
    await settled({ state: 'delivered', attempts: 3 });
  });

  describe('of an owner whose receiver is slow', () => {
    beforeEach(async () => {
      slow.status = null;
      await call(`/${hook.id}`, { method: 'PATCH', json: { url: slow.url } });
      for (let count = 0; count < 20; count += 1) await tell();
      await eventually(() => slow.received.length >= 4);
    });

    it('holds up no other', async () => {
      ({ owner: ada, token } = await api.newOwner());
      hook = await newHook(receiver.url);
      await tell();
      await settled({ state: 'delivered' });
      expect(slow.received).toHaveLength(4);
    });

    it('goes on, four at once', async () => {
      for (const round of [1, 2, 3]) {
        await eventually(() => slow.received.length === 4 * round);
        api.clock.advance(10_000);
      }
      slow.status = 200;
      await eventually(async () => {
        api.clock.advance(10_000);
        return (await deliveries()).filter(({ state }) => state === 'delivered').length >= 8;
      });
    });
  });

  it('gives up after a day', async () => {
    receiver.status = 503;
    await tell();
    await settled({ state: 'pending', attempts: 1, lastStatus: 503 });
    await later(24 * HOUR_MS);
    await settled({ state: 'failed', attempts: 2, lastStatus: 503, nextAttemptAt: null });
  });

  it('follows no redirect', async () => {
    receiver.status = 307;
    await tell();
    await settled({ state: 'pending', lastStatus: 307, lastError: 'Redirects are not followed' });
    expect(receiver.received.map(({ path }) => path)).toEqual(['/hook']);
  });

  it('never calls a private address', async () => {
    const trap = await startTrap(servers);
    const inside = await newHook(`http://localhost:${trap.port}/`);
    await tell();
    const error = 'The address is not public: it is not called';
    await settled({ state: 'failed', attempts: 1, lastStatus: null, lastError: error }, inside.id);
    expect(await call(`/${inside.id}/test`, { method: 'POST' })).toMatchObject({ ok: false, status: null, error });
    expect(trap.visits()).toBe(0);
  });

  it('switches a webhook off whose receiver is gone', async () => {
    receiver.status = 500;
    await tell();
    await settled({ state: 'pending', attempts: 1, lastStatus: 500 });
    receiver.status = 410;
    await tell();
    await eventually(async () => (await deliveries()).some(({ state }) => state === 'failed'));
    const reason = 'The receiver answered 410 Gone';
    expect(await call(`/${hook.id}`)).toMatchObject({ isActive: false, disabledReason: reason });
    await later(11_000);
    await eventually(async () => (await deliveries()).every(({ state }) => state === 'failed'));
    expect((await deliveries()).map(({ lastError }) => lastError).sort()).toEqual([
      reason,
      'The webhook is switched off',
    ]);
    expect(receiver.received).toHaveLength(2);
    const on = await call<WebhookDto>(`/${hook.id}`, { method: 'PATCH', json: { isActive: true } });
    expect(on).toMatchObject({ isActive: true, disabledReason: null });
  });

  it('leaves a webhook on that leads elsewhere by the time its old receiver says that it is gone', async () => {
    const queue = api.app.get(DeliveryQueueRepository, { strict: false });
    const before = (await queue.webhookOf({ webhookId: hook.id } as WebhookDelivery))!;
    await call(`/${hook.id}`, { method: 'PATCH', json: { url: slow.url } });
    await queue.switchOff(before, 'The receiver answered 410 Gone', api.clock.now());
    expect(await call(`/${hook.id}`)).toMatchObject({ isActive: true, disabledReason: null });
  });

  it('sends once more what has ended, when its owner asks', async () => {
    await tell();
    const { id } = await settled({ state: 'delivered' });
    const retry = (deliveryId: string, expected: number) =>
      call<WebhookDeliveryDto & Problem>(`/${hook.id}/deliveries/${deliveryId}/retry`, { method: 'POST' }, expected);
    expect(await retry(id, 200)).toMatchObject({ id, state: 'pending' });
    await settled({ state: 'delivered', attempts: 2 });
    expect(receiver.received).toHaveLength(2);
    receiver.status = 500;
    await retry(id, 200);
    await settled({ state: 'pending', attempts: 3, lastStatus: 500 });
    expect((await retry(id, 409)).code).toBe('webhooks.delivery_pending');
    expect((await retry(randomUUID(), 404)).code).toBe('webhooks.delivery_not_found');
    await call(`/${hook.id}`, { method: 'PATCH', json: { isActive: false } });
    expect((await retry(id, 409)).code).toBe('webhooks.inactive');
  });

  it('tries a webhook out', async () => {
    const test = () => call<object>(`/${hook.id}/test`, { method: 'POST' });
    expect(await test()).toEqual({ ok: true, status: 204, ms: 0 });
    receiver.status = 404;
    expect(await test()).toEqual({ ok: false, status: 404, ms: 0, error: 'The receiver answered 404' });
    const { headers, body } = receiver.first;
    expect(headers['x-nexus-event']).toBe('webhook.test');
    expect(JSON.parse(body)).toMatchObject({ event: 'webhook.test', data: {} });
    expect(await deliveries()).toEqual([]);
  });

  it('forgets after 30 days what is over', async () => {
    await tell();
    await settled({ state: 'delivered' });
    api.clock.advance(30 * 24 * HOUR_MS + 1);
    await api.app.get(Retention, { strict: false }).forget();
    expect(await api.database.query('SELECT 1 FROM webhook_deliveries')).toEqual([]);
    api.clock.advance(-30 * 24 * HOUR_MS);
  });
});
