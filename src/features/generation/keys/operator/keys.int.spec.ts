import { randomUUID } from 'node:crypto';
import type { Page } from '../../../../platform/http-server/paging.js';
import { AlertActions } from '../../../ops/index.js';
import { Balances, LOW_BALANCE } from '../balances.js';
import { GenerationKey } from '../generation-key.entity.js';
import { kieError, refusedKey } from '../testing/fake-kie-client.js';
import { clearKeys, insertJob, insertKey, keysWorld, recorder } from '../testing/keys-world.js';
import type { GenerationKeyDto } from './key.dto.js';

const SECRET = '0123456789abcdef0123456789abcdef';
const NEW = { name: 'main', account: 'shop', apiKey: SECRET };
const noMoney = kieError({ class: 'BILLING', code: '402', message: 'Credits insufficient' });

describe('/api/v1/generation/keys', () => {
  let world: Awaited<ReturnType<typeof keysWorld>>;
  const ask: typeof world.ask = (path, call) => world.ask(path, call);

  beforeAll(async () => {
    world = await keysWorld();
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    await clearKeys(world.database);
    world.kie.balances.clear();
    world.frontend.notes.length = 0;
  });

  const create = async (fields: object = {}) => {
    const { status, body } = await ask<GenerationKeyDto>('/keys', { json: { ...NEW, ...fields } });
    expect(status).toBe(201);
    return body;
  };
  const patch = (id: string, json: object) => ask<GenerationKeyDto>(`/keys/${id}`, { method: 'PATCH', json });
  const row = (id: string) => world.database.repository(GenerationKey).findOneByOrFail({ id });
  const audit = () =>
    world.database.query<Record<string, unknown>>(
      'SELECT actor, action, subject, before, after FROM audit_log ORDER BY at',
    );

  it('is for admins alone', async () => {
    const id = randomUUID();
    for (const [method, path] of [
      ['GET', '/keys'],
      ['POST', '/keys'],
      ['GET', `/keys/${id}`],
      ['PATCH', `/keys/${id}`],
      ['DELETE', `/keys/${id}`],
      ['POST', `/keys/${id}/test`],
      ['POST', `/keys/${id}/unblock`],
    ] as const) {
      expect((await ask(path, { method, token: null })).status).toBe(401);
      expect((await ask(path, { method, token: world.userToken })).status).toBe(403);
    }
  });

  it('keeps a key encrypted, shows its last characters, and audits each change', async () => {
    const created = await create();
    expect(created).toEqual({
      id: expect.any(String) as string,
      name: 'main',
      account: 'shop',
      keyMasked: '••••cdef',
      status: 'active',
      blockedUntil: null,
      blockReason: null,
      inFlight: 0,
      requests: 0,
      failures: 0,
      lastUsedAt: null,
      balance: null,
    });
    const changed = await patch(created.id, { apiKey: 'another-secret-1234', account: 'other' });
    expect(changed.body).toEqual(Object.assign({}, created, { account: 'other', keyMasked: '••••1234' }));
    expect((await ask(`/keys/${created.id}`)).body).toEqual(changed.body);
    const list = await ask<Page<GenerationKeyDto>>('/keys');
    expect(list.body).toEqual({ items: [changed.body], total: 1, page: 1, pageSize: 20 });
    expect((await ask(`/keys/${created.id}`, { method: 'DELETE' })).status).toBe(204);
    expect(await ask(`/keys/${created.id}`)).toMatchObject({ status: 404, body: { code: 'generation.key_not_found' } });
    const [actor, subject] = [`user:${world.adminId}`, 'generation_key:main'];
    expect(await audit()).toEqual([
      { actor, subject, action: 'generation_key.created', before: null, after: created },
      { actor, subject, action: 'generation_key.updated', before: created, after: changed.body },
      { actor, subject, action: 'generation_key.deleted', before: changed.body, after: null },
    ]);
    expect(JSON.stringify(await world.database.query('SELECT * FROM generation_keys'))).not.toContain(SECRET);
  });

  it.each<[string, object, string]>([
    ['no key', { apiKey: '' }, 'apiKey'],
    ['a key with a space', { apiKey: 'a b' }, 'apiKey'],
    ['a name with a slash', { name: 'a/b' }, 'name'],
    ['no account', { account: null }, 'account'],
  ])('refuses %s', async (_, fields, field) => {
    const { status, body } = await ask('/keys', { json: { ...NEW, ...fields } });
    expect(status).toBe(400);
    expect(body.errors?.map((error) => error.field)).toContain(field);
  });

  it('refuses a taken name, a new name, and a status that is not the operator’s to set', async () => {
    const { id } = await create();
    expect(await ask('/keys', { json: NEW })).toMatchObject({
      status: 409,
      body: { code: 'generation.key_name_taken' },
    });
    expect((await patch(id, { name: 'other' })).status).toBe(400);
    expect((await patch(id, { status: 'rate_limited' })).status).toBe(400);
    expect((await patch(id, { account: null })).status).toBe(400);
    expect((await patch(randomUUID(), {})).status).toBe(404);
  });

  it('lists by status and account, in an order', async () => {
    await create({ name: 'b' });
    await create({ name: 'a', account: 'x' });
    await create({ name: 'c', account: 'x' });
    await world.database.repository(GenerationKey).update({ name: 'c' }, { status: 'disabled' });
    const names = async (query: string) =>
      (await ask<Page<GenerationKeyDto>>(`/keys?${query}`)).body.items.map(({ name }) => name);
    expect(await names('')).toEqual(['a', 'b', 'c']);
    expect(await names('sort=-name&pageSize=2')).toEqual(['c', 'b']);
    expect(await names('account=x')).toEqual(['a', 'c']);
    expect(await names('account=x&status=active')).toEqual(['a']);
  });

  it('disables and enables a key, and stands aside for one that KIE has blocked', async () => {
    const { id } = await create();
    expect((await patch(id, { status: 'disabled' })).body.status).toBe('disabled');
    expect((await world.desk.admit(() => Promise.resolve())).outcome).toBe('none');
    expect((await patch(id, { status: 'active' })).body.status).toBe('active');
    await world.desk.answered({ id, account: 'shop', apiKey: SECRET }, noMoney);
    expect(await patch(id, { status: 'active' })).toMatchObject({
      status: 409,
      body: { code: 'generation.key_not_disabled' },
    });
    expect((await patch(id, { apiKey: 'another' })).body.status).toBe('active');
  });

  it('does not delete a key that videos are being made with', async () => {
    const { id } = await create();
    const job = await insertJob(world.database);
    await world.desk.admit(recorder(world.database, job));
    const path = `/keys/${id}`;
    expect(await ask(path, { method: 'DELETE' })).toMatchObject({
      status: 409,
      body: { code: 'generation.key_in_use' },
    });
    await world.desk.ended(id);
    expect((await ask(path, { method: 'DELETE' })).status).toBe(204);
    expect((await ask(path, { method: 'DELETE' })).status).toBe(404);
  });

  it('takes along what is counted in a window when a key moves to another account', async () => {
    const { id } = await create({ account: 'a' });
    const job = await insertJob(world.database);
    for (let n = 0; n < 5; n += 1) await world.desk.admit(recorder(world.database, job));
    await patch(id, { account: 'b' });
    expect(await world.desk.room()).toBe(13);
  });

  it('unblocks the account of a key before its time, but no invalid key', async () => {
    const { id } = await create();
    const { id: second } = await create({ name: 'second' });
    const key = { id, account: 'shop', apiKey: SECRET };
    await world.desk.answered(key, noMoney);
    expect((await ask<GenerationKeyDto>(`/keys/${id}`)).body).toMatchObject({
      status: 'billing_blocked',
      blockReason: 'Credits insufficient',
      blockedUntil: expect.stringMatching(/Z$/) as string,
    });
    const unblocked = await ask<GenerationKeyDto>(`/keys/${id}/unblock`, { method: 'POST' });
    expect(unblocked).toMatchObject({ status: 200, body: { status: 'active', blockedUntil: null, failures: 1 } });
    expect((await row(second)).status).toBe('active');
    expect(world.frontend.notes).toContain('resolved generation_key_billing main 1');
    await world.desk.answered(key, refusedKey);
    const refused = await ask(`/keys/${id}/unblock`, { method: 'POST' });
    expect(refused).toMatchObject({ status: 409, body: { code: 'generation.key_not_blocked' } });
  });

  it('unblocks it at a press of the button under the alert', async () => {
    const { id } = await create();
    await world.desk.answered({ id, account: 'shop', apiKey: SECRET }, noMoney);
    const [alert] = await world.database.query<{ id: string }>(
      `SELECT id FROM alerts WHERE name = 'generation_key_billing'`,
    );
    const presser = { actor: 'telegram:7', name: 'Ada' };
    const actions = world.api.app.get(AlertActions);
    expect(await actions.press(Number(alert?.id), 'generation.unblock_key', presser)).toBe('done');
    expect((await row(id)).status).toBe('active');
    expect(await audit()).toMatchObject([
      { action: 'generation_key.created' },
      { action: 'generation_key.unblocked', actor: 'telegram:7', subject: 'generation_key:main' },
      { action: 'generation.unblock_key', actor: 'telegram:7' },
    ]);
    expect(world.frontend.notes).toEqual([
      'told generation_key_billing main 1',
      'told generation_no_healthy_key kie 1',
      'shown generation.unblock_key by Ada of generation_key_billing main 1',
      'resolved generation_key_billing main 1',
      'resolved generation_no_healthy_key kie 1',
    ]);
  });

  it('shows a block whose time is over as none', async () => {
    const past = new Date('2026-01-01T00:00:00Z');
    const id = await insertKey(world, 'a', { status: 'rate_limited', blockedUntil: past, blockReason: '429' });
    expect((await ask(`/keys/${id}`)).body).toMatchObject({ status: 'active', blockedUntil: null, blockReason: null });
  });

  it('shows a key that cannot be opened any more, which a test does not pass', async () => {
    const id = await insertKey(world, 'a', { apiKey: 'v1.gone.AAAA' });
    expect((await ask(`/keys/${id}`)).body).toMatchObject({ keyMasked: '••••', status: 'invalid' });
    const test = await ask(`/keys/${id}/test`, { method: 'POST' });
    expect(test.body).toMatchObject({ ok: false, error: { class: 'CONFIG', code: 'UNDECIPHERABLE' } });
  });

  describe('POST /{id}/test', () => {
    const test = (id: string) => ask(`/keys/${id}/test`, { method: 'POST' });

    it('tells what is left, and makes an invalid key active again when it passes', async () => {
      const { id } = await create();
      world.kie.balances.set(SECRET, 1_234.5);
      expect(await test(id)).toEqual({
        status: 200,
        text: expect.any(String) as string,
        body: { ok: true, ms: expect.any(Number) as number, balance: 1_234.5 },
      });
      expect((await ask(`/keys/${id}`)).body).toMatchObject({ balance: 1_234.5 });
      await world.desk.answered({ id, account: 'shop', apiKey: SECRET }, refusedKey);
      expect((await row(id)).status).toBe('invalid');
      await test(id);
      expect((await row(id)).status).toBe('active');
      expect(world.frontend.notes.at(-1)).toBe('resolved generation_no_healthy_key kie 1');
      expect(await audit()).toMatchObject([{}, { action: 'generation_key.tested', before: { status: 'invalid' } }]);
    });

    it('says what KIE has against it, and holds a 401 against the key alone', async () => {
      const { id } = await create();
      world.kie.balances.set(SECRET, kieError({ code: '500', message: 'Try later' }));
      expect((await test(id)).body).toMatchObject({
        ok: false,
        error: { class: 'TEMPORARY', code: '500', message: 'Try later' },
      });
      expect((await row(id)).status).toBe('active');
      world.kie.balances.clear();
      expect((await test(id)).body).toMatchObject({ ok: false, error: { class: 'CONFIG', code: '401' } });
      expect((await row(id)).status).toBe('invalid');
      expect((await test(randomUUID())).status).toBe(404);
    });

    it('leaves a disabled key disabled', async () => {
      const id = await insertKey(world, 'a', { status: 'disabled' });
      world.kie.balances.set('key-of-a', 1);
      expect((await test(id)).body).toMatchObject({ ok: true });
      expect((await row(id)).status).toBe('disabled');
    });
  });

  describe('balances', () => {
    const poll = () => world.api.app.get(Balances, { strict: false }).poll();

    it('are asked once for each account, and shown with each of its keys', async () => {
      const ids = [await insertKey(world, 'a'), await insertKey(world, 'b', { account: 'a' })];
      await insertKey(world, 'c', { status: 'disabled' });
      for (const name of ['a', 'b', 'c']) world.kie.balances.set(`key-of-${name}`, 7_000);
      world.kie.asked.length = 0;
      await poll();
      expect(world.kie.asked).toHaveLength(1);
      for (const id of ids) expect((await ask(`/keys/${id}`)).body).toMatchObject({ balance: 7_000 });
    });

    it('are told of when they are low, and when they are not any more', async () => {
      await insertKey(world, 'a');
      world.kie.balances.set('key-of-a', LOW_BALANCE - 1);
      await poll();
      await poll();
      expect(world.frontend.notes).toEqual(['told generation_balance_low a 1']);
      world.kie.balances.set('key-of-a', LOW_BALANCE);
      await poll();
      expect(world.frontend.notes.slice(1)).toEqual(['resolved generation_balance_low a 1']);
    });

    it('find out keys that KIE does not know, and blame no key for anything else', async () => {
      const [a, b] = [await insertKey(world, 'a'), await insertKey(world, 'b')];
      world.kie.balances.set('key-of-b', kieError({ class: 'RATE_LIMIT', code: '429' }));
      await poll();
      expect((await row(a)).status).toBe('invalid');
      expect(await row(b)).toMatchObject({ status: 'active', failures: 0, balance: null });
    });
  });
});

it('a stand-in makes room for the first key of the operator', async () => {
  const world = await keysWorld({ NEXUS_ROLES: 'api' }, { kie: 'http://127.0.0.1:1/apis/kie' });
  try {
    expect((await world.ask('/keys', { json: NEW })).status).toBe(201);
    const admission = await world.desk.admit(() => Promise.resolve());
    expect(admission).toMatchObject({ outcome: 'admitted', key: { apiKey: SECRET } });
    expect((await world.ask('/keys?status=disabled')).body).toMatchObject({ items: [{ name: 'sandbox' }] });
  } finally {
    await world.close();
  }
});
