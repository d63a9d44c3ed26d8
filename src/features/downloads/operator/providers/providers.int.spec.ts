import { randomUUID } from 'node:crypto';
import { routesWithoutAccess } from '../../../../platform/auth/testing/routes-without-access.js';
import { KeyRing } from '../../../../platform/crypto/key-ring.js';
import type { Page } from '../../../../platform/http-server/paging.js';
import { apiKeyContext } from '../../routing/download-provider.entity.js';
import { operatorApi, type OperatorApi } from '../testing/operator-api.js';
import { ScriptedProvider } from '../testing/scripted-provider.js';
import type { ProviderDto } from './provider.dto.js';

const KEY = 'a-very-secret-key-9876';
const NEW = { name: 'spare', providerType: 'api', adapter: 'savenow' };

describe('/api/v1/providers', () => {
  let world: OperatorApi;
  const ask: OperatorApi['ask'] = (path, call) => world.ask(path, call);

  beforeAll(async () => {
    world = await operatorApi([new ScriptedProvider('yt-dlp', 'local'), new ScriptedProvider('savenow', 'api')]);
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    await world.database.query(`DELETE FROM download_providers WHERE name LIKE 'spare%'`);
    await world.database.query('DELETE FROM audit_log');
    await world.database.query('DELETE FROM egress_endpoints');
  });

  const create = async (fields: object = {}) => {
    const { status, body } = await ask<ProviderDto>('/providers', { json: { ...NEW, ...fields } });
    expect(status).toBe(201);
    return body;
  };
  const storedKey = async (id: string) => {
    const [row] = await world.database.query<{ api_key: string | null }>(
      'SELECT api_key FROM download_providers WHERE id = $1',
      [id],
    );
    return row?.api_key ?? null;
  };

  it('says of every route who may call it', () => {
    expect(routesWithoutAccess(world.api.app)).toEqual([]);
  });

  it('is for admins alone', async () => {
    const id = randomUUID();
    for (const [method, path] of [
      ['GET', '/providers'],
      ['POST', '/providers'],
      ['GET', `/providers/${id}`],
      ['PATCH', `/providers/${id}`],
      ['DELETE', `/providers/${id}`],
      ['GET', `/providers/${id}/attempts`],
      ['POST', `/providers/${id}/test`],
      ['POST', `/providers/${id}/reset-cooldowns`],
    ] as const) {
      expect((await ask(path, { method, token: null })).status).toBe(401);
      expect((await ask(path, { method, token: world.userToken })).status).toBe(403);
    }
  });

  it('adds a provider with what is usual, and shows all of it', async () => {
    const created = await create();
    expect(created).toEqual({
      ...NEW,
      id: expect.any(String) as string,
      isActive: true,
      priority: 1,
      apiBaseUrl: null,
      apiHost: null,
      apiKeyMasked: null,
      rateLimitPerMin: null,
      costPerDownloadUsd: '0.00',
      dailyBudgetUsd: null,
      autoDisableOverBudget: true,
      dailySpentUsd: '0.00',
      budgetResetAt: null,
      options: {},
      quota: null,
      healthStatus: 'healthy',
      lastSuccessAt: null,
      lastErrorAt: null,
      errorCount1h: 0,
      successRate24h: null,
      avgSpeedBytesPerSec: null,
      createdAt: expect.stringMatching(/Z$/) as string,
      updatedAt: expect.stringMatching(/Z$/) as string,
    });
    expect(await ask(`/providers/${created.id}`)).toMatchObject({ status: 200, body: created });
  });

  it('keeps its key encrypted, and shows its last four characters alone, in the audit log too', async () => {
    const { id, apiKeyMasked } = await create({ apiKey: KEY });
    expect(apiKeyMasked).toBe('••••9876');
    const stored = await storedKey(id);
    expect(stored).not.toContain(KEY);
    expect(world.api.app.get(KeyRing).decrypt(stored ?? '', apiKeyContext(id))).toBe(KEY);
    const changed = await ask<ProviderDto>(`/providers/${id}`, {
      method: 'PATCH',
      json: { apiKey: 'another-key-5432' },
    });
    expect(changed.body.apiKeyMasked).toBe('••••5432');
    const cleared = await ask<ProviderDto>(`/providers/${id}`, { method: 'PATCH', json: { apiKey: null } });
    expect(cleared.body.apiKeyMasked).toBeNull();
    expect(await storedKey(id)).toBeNull();
    const answers = [await ask('/providers?pageSize=100'), await ask(`/providers/${id}`), changed, cleared];
    const audited = JSON.stringify(await world.audit());
    for (const text of [...answers.map(({ text }) => text), audited]) {
      expect(text).not.toContain(KEY);
      expect(text).not.toContain('another-key');
    }
    expect(audited).toContain('••••9876');
  });

  it('shows a provider whose key cannot be opened any more', async () => {
    const { id } = await create({ apiKey: KEY });
    await world.database.query(`UPDATE download_providers SET api_key = 'v1.gone.AAAA' WHERE id = $1`, [id]);
    expect((await ask<ProviderDto>(`/providers/${id}`)).body.apiKeyMasked).toBe('••••');
  });

  it('changes what it is told and leaves the rest', async () => {
    const { id } = await create({
      apiKey: KEY,
      dailyBudgetUsd: '10',
      options: { squarePixels: true, maxDurationSec: 60 },
    });
    const json = {
      isActive: false,
      apiBaseUrl: 'http://localhost:8080/api/',
      dailyBudgetUsd: null,
      costPerDownloadUsd: '0.0003',
      options: { egress: ['direct'] },
    };
    const { status, body } = await ask<ProviderDto>(`/providers/${id}`, { method: 'PATCH', json });
    expect(status).toBe(200);
    expect(body).toMatchObject({ ...json, ...NEW, apiBaseUrl: 'http://localhost:8080/api', apiKeyMasked: '••••9876' });
    expect(body.options).toEqual({ egress: ['direct'] });
  });

  it('writes down every change', async () => {
    const { id } = await create({ dailyBudgetUsd: '10' });
    await ask(`/providers/${id}`, { method: 'PATCH', json: { dailyBudgetUsd: '12.5' } });
    await ask(`/providers/${id}`, { method: 'DELETE' });
    const by = { actor: `user:${world.adminId}`, subject: 'provider:spare' };
    expect(await world.audit()).toMatchObject([
      { ...by, action: 'provider.created', before: null, after: { dailyBudgetUsd: '10.00' } },
      {
        ...by,
        action: 'provider.updated',
        before: { dailyBudgetUsd: '10.00' },
        after: { dailyBudgetUsd: '12.50' },
      },
      { ...by, action: 'provider.deleted', before: { dailyBudgetUsd: '12.50' }, after: null },
    ]);
  });

  it.each<[string, object, string]>([
    ['name', { name: 'a:b' }, 'name'],
    ['providerType', { providerType: 'cloud' }, 'providerType'],
    ['money as a number', { dailyBudgetUsd: 10 }, 'dailyBudgetUsd'],
    ['negative money', { costPerDownloadUsd: '-1' }, 'costPerDownloadUsd'],
    ['money with too many decimals', { costPerDownloadUsd: '0.0000001' }, 'costPerDownloadUsd'],
    ['a null that cannot be', { isActive: null }, 'isActive'],
    ['an option that nobody knows', { options: { colour: 'red' } }, 'options.colour'],
    ['an option of another kind', { options: { squarePixels: 'yes' } }, 'options.squarePixels'],
    ['no way out', { options: { egress: [] } }, 'options.egress'],
    ['options that are a list', { options: [] }, 'options'],
    ['a zero byte in an option', { options: { subscriptionId: 'a\0b' } }, 'options.subscriptionId'],
    ['a zero byte in a list', { options: { egress: ['direct', '\0'] } }, 'options.egress.1'],
    ['credentials in an address', { apiBaseUrl: 'https://user:pass@example.com' }, 'apiBaseUrl'],
    ['an address of another kind', { apiBaseUrl: 'ftp://example.com' }, 'apiBaseUrl'],
    ['a key with spaces', { apiKey: 'two words' }, 'apiKey'],
    ['what is not for the operator', { healthStatus: 'healthy' }, 'healthStatus'],
    ['a priority of 0', { priority: 0 }, 'priority'],
    ['a rate of 0', { rateLimitPerMin: 0 }, 'rateLimitPerMin'],
  ])('refuses %s', async (_, fields, field) => {
    const { status, body } = await ask('/providers', { json: { ...NEW, ...fields } });
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 'request.invalid' });
    expect(new Set(body.errors?.map((error) => error.field))).toEqual(new Set([field]));
  });

  it('wants a name, a type and an adapter, and does not let the name be changed', async () => {
    const { body } = await ask('/providers', { json: {} });
    expect(new Set(body.errors?.map(({ field }) => field))).toEqual(new Set(['name', 'providerType', 'adapter']));
    const { id } = await create();
    const renamed = await ask(`/providers/${id}`, { method: 'PATCH', json: { name: 'other' } });
    expect(renamed).toMatchObject({ status: 400, body: { errors: [{ field: 'name' }] } });
  });

  it('refuses a taken name, an unknown adapter and an unknown way out', async () => {
    await create();
    expect(await ask('/providers', { json: NEW })).toMatchObject({
      status: 409,
      body: { code: 'routing.provider_name_taken' },
    });
    const unknownAdapter = await ask('/providers', { json: { ...NEW, name: 'spare-2', adapter: 'magic' } });
    expect(unknownAdapter).toMatchObject({ status: 422, body: { code: 'routing.unknown_adapter' } });
    const proxy = 'http://proxy.example.com:3128';
    await ask('/egress-endpoints', { json: { name: 'oslo', url: proxy } });
    const json = { ...NEW, name: 'spare-2', options: { egress: ['direct', 'oslo', 'berlin'] } };
    expect(await ask('/providers', { json })).toMatchObject({ status: 422, body: { code: 'routing.unknown_egress' } });
    await ask('/egress-endpoints', { json: { name: 'berlin', url: proxy } });
    expect((await ask('/providers', { json })).status).toBe(201);
  });

  it('of two that come with one name takes one', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => ask('/providers', { json: NEW })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  it('is not taken away while a rule or its experiment has it in a chain', async () => {
    const { id } = await create();
    const chain = { providerChain: ['spare'] };
    const rule = await ask<{ id: string }>('/routing-rules', { json: chain });
    const refusal = { status: 409, body: { code: 'routing.provider_in_use' } };
    expect(await ask(`/providers/${id}`, { method: 'DELETE' })).toMatchObject(refusal);
    const experiment = { chain: ['spare', 'yt-dlp'], share: 0.5, isActive: false };
    await ask(`/routing-rules/${rule.body.id}`, { method: 'PATCH', json: { providerChain: ['yt-dlp'], experiment } });
    expect(await ask(`/providers/${id}`, { method: 'DELETE' })).toMatchObject(refusal);
    await ask(`/routing-rules/${rule.body.id}`, { method: 'DELETE' });
    expect(await ask(`/providers/${id}`, { method: 'DELETE' })).toMatchObject({ status: 204, text: '' });
    expect((await ask(`/providers/${id}`)).status).toBe(404);
  });

  it('is never gone from under a rule that is written at the same time', async () => {
    for (let round = 0; round < 8; round++) {
      const { id } = await create();
      const [gone, rule] = await Promise.all([
        ask(`/providers/${id}`, { method: 'DELETE' }),
        ask<{ id: string }>('/routing-rules', { json: { providerChain: ['spare'] } }),
      ]);
      expect([
        [204, 422],
        [409, 201],
      ]).toContainEqual([gone.status, rule.status]);
      await world.database.query(`DELETE FROM routing_rules WHERE provider_chain = '{spare}'`);
      await world.database.query(`DELETE FROM download_providers WHERE name = 'spare'`);
    }
  });

  it('does not know an unknown one, and wants an id', async () => {
    const path = `/providers/${randomUUID()}`;
    for (const call of [{}, { method: 'PATCH', json: { isActive: true } }, { method: 'DELETE' }]) {
      expect(await ask(path, call)).toMatchObject({ status: 404, body: { code: 'routing.provider_not_found' } });
    }
    expect(await ask('/providers/savenow')).toMatchObject({ status: 400, body: { errors: [{ field: 'id' }] } });
  });

  it('lists by type, adapter, state and text, in the wanted order', async () => {
    await create({ name: 'spare-1', isActive: false, apiHost: 'media.example.com', priority: 900 });
    await create({ name: 'spare-2', providerType: 'local', adapter: 'yt-dlp', priority: 800 });
    await world.database.query(`UPDATE download_providers SET health_status = 'down' WHERE name = 'spare-2'`);
    const names = async (query: string) =>
      (await ask<Page<ProviderDto>>(`/providers?pageSize=100&${query}`)).body.items.map(({ name }) => name);
    expect(await names('text=SPARE-')).toEqual(['spare-2', 'spare-1']);
    expect(await names('text=spare-&sort=-priority')).toEqual(['spare-1', 'spare-2']);
    expect(await names('text=media.example')).toEqual(['spare-1']);
    expect(await names('text=spare_1')).toEqual([]);
    expect(await names('text=spare&providerType=local')).toEqual(['spare-2']);
    expect(await names('text=spare&adapter=savenow')).toEqual(['spare-1']);
    expect(await names('text=spare&isActive=false')).toEqual(['spare-1']);
    expect(await names('healthStatus=down')).toEqual(['spare-2']);
    const page = await ask<Page<ProviderDto>>('/providers?text=spare-&page=2&pageSize=1');
    expect(page.body).toMatchObject({ total: 2, page: 2, pageSize: 1, items: [{ name: 'spare-1' }] });
    expect((await ask('/providers?isActive=perhaps')).body.errors).toMatchObject([{ field: 'isActive' }]);
  });
});
