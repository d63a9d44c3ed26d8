import { randomUUID } from 'node:crypto';
import { testStores, type TestStores } from '../../../../test/support/stores.js';
import { AccessTokens } from '../../../platform/auth/access-tokens.js';
import { Database } from '../../../platform/database/database.js';
import { DiscoveryModule } from '../../../platform/discovery/discovery.module.js';
import type { Problem } from '../../../platform/errors/problem.js';
import { startApi, type Call, type TestApi } from '../../../platform/http-server/testing/start-api.js';
import { QueueModule } from '../../../platform/queue/queue.module.js';
import { Ledger } from '../ledger/ledger.js';
import { creditsGround, grantTo, personOf } from '../testing/credits-ground.js';
import { holdsOf } from '../testing/credits-world.js';
import type { CreditAuditDto } from './audit.dto.js';
import type { CreditAccountDto, CreditEntryDto } from './credits.dto.js';

interface List<Item> {
  items: Item[];
  total: number;
  page: number;
  pageSize: number;
}

interface Answer<Body> {
  status: number;
  body: Body;
}

describe('/api/v1/credits', () => {
  let stores: TestStores;
  let api: TestApi;
  let admin: string;
  const adminId = randomUUID();
  let people = 0;
  let anna: number;

  beforeAll(async () => {
    stores = await testStores();
    const imports = [DiscoveryModule, QueueModule, ...creditsGround.imports];
    api = await startApi({ stores, ...creditsGround, imports, env: { API_RATE_PER_MIN: '0', NEXUS_ROLES: 'api' } });
    admin = await tokenOf('admin');
  });
  afterAll(async () => {
    await api.close();
    await stores.close();
  });
  beforeEach(() => (anna = ++people));

  const tokenOf = async (role: 'admin' | 'user') =>
    (await api.app.get(AccessTokens).issue({ id: adminId, email: 'ada@example.com', role })).token;
  const ask = async <Body = Problem>(path: string, call: Call = {}): Promise<Answer<Body>> => {
    const response = await api.call(`/api/v1/credits/${path}`, { token: admin, ...call });
    return { status: response.status, body: (await response.json()) as Body };
  };
  const grant = (json: object, key?: string) =>
    ask<CreditEntryDto>('grant', {
      json: { tgUserId: anna, amount: 5, note: 'Sorry', ...json },
      headers: key === undefined ? {} : { 'idempotency-key': key },
    });
  const accountOf = async (tgUserId: number) =>
    (await ask<List<CreditAccountDto>>(`accounts?ownerKind=tg_user&ownerId=${tgUserId}`)).body.items[0];

  it.each([
    ['POST', 'grant'],
    ['GET', 'accounts'],
    ['GET', 'entries'],
    ['GET', 'audit'],
    ['POST', 'audit'],
  ])('is for admins alone: %s %s', async (method, path) => {
    expect((await api.call(`/api/v1/credits/${path}`, { method })).status).toBe(401);
    expect((await ask(path, { method, token: await tokenOf('user') })).status).toBe(403);
  });

  it('gives credits, and writes down who did', async () => {
    const { status, body } = await grant({});
    expect(status).toBe(201);
    const account = await accountOf(anna);
    expect(body).toEqual({
      id: body.id,
      transactionId: body.transactionId,
      accountId: account?.id,
      kind: 'grant',
      availableDelta: 5,
      heldDelta: 0,
      availableAfter: 5,
      heldAfter: 0,
      reference: null,
      idempotencyKey: body.idempotencyKey,
      actor: `user:${adminId}`,
      note: 'Sorry',
      expiresAt: null,
      createdAt: body.createdAt,
    });
    const written = await api.app
      .get(Database)
      .query('SELECT actor, action, before, after FROM audit_log WHERE subject = $1', [`tg_user:${anna}`]);
    const after = { entryId: body.id, amount: 5, note: 'Sorry', expiresAt: null };
    expect(written).toEqual([{ actor: `user:${adminId}`, action: 'credits.granted', before: null, after }]);
  });

  it('gives them once for a key, for ever', async () => {
    const key = randomUUID();
    const first = await grant({}, key);
    expect(await grant({}, key)).toEqual(first);
    await api.app.get(Database).query('DELETE FROM idempotency_keys');
    expect(await grant({}, key)).toEqual(first);
    expect(await accountOf(anna)).toMatchObject({ available: 5 });
    const audited = await api.app
      .get(Database)
      .query('SELECT 1 FROM audit_log WHERE subject = $1', [`tg_user:${anna}`]);
    expect(audited).toHaveLength(1);
    expect((await grant({}, randomUUID())).body.availableAfter).toBe(10);
    expect((await grant({})).body.availableAfter).toBe(15);
  });

  it('gives such as expire', async () => {
    const expiresAt = new Date(Date.now() + 60_000).toISOString();
    expect((await grant({ expiresAt })).body).toMatchObject({ expiresAt, availableAfter: 5 });
    const past = await grant({ expiresAt: '2020-01-01T00:00:00Z' });
    expect(past).toMatchObject({ status: 422, body: { code: 'credits.expiry_passed' } });
  });

  it.each<[string, object]>([
    ['tgUserId', { tgUserId: 0 }],
    ['tgUserId', { tgUserId: '42' }],
    ['amount', { amount: 0 }],
    ['amount', { amount: 1.5 }],
    ['amount', { amount: 1_000_001 }],
    ['note', { note: '' }],
    ['note', { note: undefined }],
    ['note', { note: 'a\0b' }],
    ['expiresAt', { expiresAt: 'tomorrow' }],
  ])('refuses a %s like %j', async (field, json) => {
    const { status, body } = await grant(json);
    expect(status).toBe(400);
    expect(new Set((body as unknown as Problem).errors?.map((error) => error.field))).toEqual(new Set([field]));
  });

  it('lists accounts, without what has expired', async () => {
    await grantTo(api.app, anna, 2);
    await grantTo(api.app, anna, 3, new Date(Date.now() - 1_000));
    const { body } = await ask<List<CreditAccountDto>>(`accounts?ownerKind=tg_user&ownerId=${anna}`);
    const account = { ownerKind: 'tg_user', ownerId: String(anna), unit: 'credit', available: 2, held: 0 };
    expect(body).toEqual({
      items: [{ ...account, id: body.items[0]?.id, updatedAt: body.items[0]?.updatedAt }],
      total: 1,
      page: 1,
      pageSize: 20,
    });
    const system = await ask<List<CreditAccountDto>>('accounts?ownerKind=system');
    expect(system.body.items.map(({ ownerId }) => ownerId).sort()).toEqual(['expired', 'issued', 'spent']);
    expect((await ask<List<CreditAccountDto>>('accounts')).body.total).toBeGreaterThan(3);
  });

  it('lists entries by account, reference and kind, the newest first', async () => {
    const { accountId } = await grantTo(api.app, anna, 5);
    const [one, two] = holdsOf(2);
    const ledger = api.app.get(Ledger, { strict: false });
    await ledger.hold(personOf(anna), [one!, two!], `telegram:${anna}`);
    await ledger.capture(one!.reference);
    const kinds = async (query: string) =>
      (await ask<List<CreditEntryDto>>(`entries?${query}`)).body.items.map(({ kind }) => kind);
    expect(await kinds(`accountId=${accountId}`)).toEqual(['capture', 'hold', 'hold', 'grant']);
    expect(await kinds(`accountId=${accountId}&kind=hold`)).toEqual(['hold', 'hold']);
    expect(await kinds(`reference=${two!.reference}`)).toEqual(['hold']);
    const { body } = await ask<List<CreditEntryDto>>(`entries?accountId=${accountId}&page=2&pageSize=3`);
    expect(body).toMatchObject({ total: 4, items: [{ kind: 'grant' }] });
  });

  it.each(['accounts?ownerKind=cat', 'entries?accountId=42', 'entries?kind=theft', 'entries?reference=%00'])(
    'does not know %s',
    async (path) => {
      expect((await ask(path)).status).toBe(400);
    },
  );

  it('proves the books', async () => {
    await api.app.get(Database).query('DELETE FROM credit_audits');
    expect(await ask('audit')).toMatchObject({ status: 404, body: { code: 'credits.not_audited' } });
    const now = await ask<CreditAuditDto>('audit', { method: 'POST' });
    expect(now).toMatchObject({ status: 200, body: { ok: true, problems: [] } });
    expect(Object.keys(now.body.checked).sort()).toEqual(['accounts', 'entries', 'holds', 'jobs']);
    expect(await ask('audit')).toEqual(now);
  });
});
