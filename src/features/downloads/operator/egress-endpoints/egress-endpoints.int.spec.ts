import { randomUUID } from 'node:crypto';
import { KeyRing } from '../../../../platform/crypto/key-ring.js';
import type { Page } from '../../../../platform/http-server/paging.js';
import { egressUrlContext } from '../../routing/egress-endpoint.entity.js';
import { operatorApi, type OperatorApi } from '../testing/operator-api.js';
import { ScriptedProvider } from '../testing/scripted-provider.js';
import type { EgressEndpointDto } from './egress-endpoint.dto.js';

const URL_WITH_SECRETS = 'socks5://ann:hunter2secret@proxy.example.com:1080';
const NEW = { name: 'berlin', url: URL_WITH_SECRETS };

describe('/api/v1/egress-endpoints', () => {
  let world: OperatorApi;
  const ask: OperatorApi['ask'] = (path, call) => world.ask(path, call);

  beforeAll(async () => {
    world = await operatorApi([new ScriptedProvider('yt-dlp', 'local')]);
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    await world.database.query('DELETE FROM egress_endpoints');
    await world.database.query('DELETE FROM audit_log');
  });

  const create = async (fields: object = {}) => {
    const { status, body } = await ask<EgressEndpointDto>('/egress-endpoints', { json: { ...NEW, ...fields } });
    expect(status).toBe(201);
    return body;
  };

  it('is for admins alone', async () => {
    const id = randomUUID();
    for (const [method, path] of [
      ['GET', '/egress-endpoints'],
      ['POST', '/egress-endpoints'],
      ['GET', `/egress-endpoints/${id}`],
      ['PATCH', `/egress-endpoints/${id}`],
      ['DELETE', `/egress-endpoints/${id}`],
    ] as const) {
      expect((await ask(path, { method, token: null })).status).toBe(401);
      expect((await ask(path, { method, token: world.userToken })).status).toBe(403);
    }
  });

  it('keeps an address encrypted and never shows its credentials', async () => {
    const created = await create({ country: 'DE' });
    expect(created).toEqual({
      id: expect.any(String) as string,
      name: 'berlin',
      urlMasked: 'socks5://••••@proxy.example.com:1080',
      country: 'DE',
      isActive: true,
      health: 'healthy',
      createdAt: expect.stringMatching(/Z$/) as string,
      updatedAt: expect.stringMatching(/Z$/) as string,
    });
    const [row] = await world.database.query<{ url: string }>('SELECT url FROM egress_endpoints');
    expect(world.api.app.get(KeyRing).decrypt(row?.url ?? '', egressUrlContext(created.id))).toBe(URL_WITH_SECRETS);
    const path = `/egress-endpoints/${created.id}`;
    const changed = await ask<EgressEndpointDto>(path, {
      method: 'PATCH',
      json: { url: 'http://proxy.example.com:3128' },
    });
    expect(changed.body).toMatchObject({ urlMasked: 'http://proxy.example.com:3128', country: 'DE' });
    const shown = await ask<EgressEndpointDto>(path);
    expect(shown.body).toEqual(changed.body);
    const audited = await world.audit();
    expect(audited).toMatchObject([
      { action: 'egress_endpoint.created', subject: 'egress_endpoint:berlin', before: null },
      { action: 'egress_endpoint.updated', before: { urlMasked: created.urlMasked } },
    ]);
    const list = await ask('/egress-endpoints');
    for (const text of [JSON.stringify(audited), list.text, shown.text]) {
      expect(text).not.toContain('ann');
      expect(text).not.toContain('hunter2');
      expect(text).not.toContain(row?.url);
    }
  });

  it('shows one whose address cannot be opened any more', async () => {
    const { id } = await create();
    await world.database.query(`UPDATE egress_endpoints SET url = 'v1.gone.AAAA'`);
    expect((await ask<EgressEndpointDto>(`/egress-endpoints/${id}`)).body.urlMasked).toBe('••••');
  });

  it.each<[string, object, string]>([
    ['another protocol', { url: 'socks4://proxy.example.com:1080' }, 'url'],
    ['no protocol', { url: 'proxy.example.com:1080' }, 'url'],
    ['a query', { url: 'http://proxy.example.com:1080?a=b' }, 'url'],
    ['a country of three letters', { country: 'DEU' }, 'country'],
    ['a name with a colon', { name: 'a:b' }, 'name'],
    ['a null that cannot be', { isActive: null }, 'isActive'],
  ])('refuses %s', async (_, fields, field) => {
    const { status, body } = await ask('/egress-endpoints', { json: { ...NEW, ...fields } });
    expect(status).toBe(400);
    expect(new Set(body.errors?.map((error) => error.field))).toEqual(new Set([field]));
  });

  it.each(['http://10.0.0.5:3128', 'https://user:p%40ss@proxy.example.com', 'socks5://localhost:1080'])(
    'takes %s',
    async (url) => {
      await create({ url });
    },
  );

  it('refuses a taken name, also that of the own way out', async () => {
    await create();
    const taken = { status: 409, body: { code: 'routing.egress_name_taken' } };
    expect(await ask('/egress-endpoints', { json: NEW })).toMatchObject(taken);
    expect(await ask('/egress-endpoints', { json: { ...NEW, name: 'direct' } })).toMatchObject(taken);
  });

  it('is not taken away while a provider names it', async () => {
    const { id } = await create();
    const json = { name: 'pool', providerType: 'egress_pool', adapter: 'yt-dlp', options: { egress: ['berlin'] } };
    const provider = await ask<{ id: string }>('/providers', { json });
    const path = `/egress-endpoints/${id}`;
    expect(await ask(path, { method: 'DELETE' })).toMatchObject({
      status: 409,
      body: { code: 'routing.egress_in_use', detail: 'berlin is used by pool' },
    });
    await ask(`/providers/${provider.body.id}`, { method: 'PATCH', json: { options: {} } });
    expect(await ask(path, { method: 'DELETE' })).toMatchObject({ status: 204 });
    expect(await ask(path)).toMatchObject({ status: 404, body: { code: 'routing.egress_endpoint_not_found' } });
    expect((await ask(path, { method: 'DELETE' })).status).toBe(404);
  });

  it('is lower in health while circuits of it are open', async () => {
    for (const name of ['berlin', 'oslo', 'oslo-2']) await create({ name });
    await world.fail('yt-dlp', 'BLOCK_IP', 'berlin');
    await world.fail('yt-dlp', 'EGRESS_DOWN', 'oslo');
    const { items } = (await ask<Page<EgressEndpointDto>>('/egress-endpoints')).body;
    expect(items.map(({ name, health }) => [name, health])).toEqual([
      ['berlin', 'degraded'],
      ['oslo', 'down'],
      ['oslo-2', 'healthy'],
    ]);
  });

  it('lists by state and text', async () => {
    await create({ country: 'DE' });
    await create({ name: 'oslo', country: 'NO', isActive: false });
    const names = async (query: string) =>
      (await ask<Page<EgressEndpointDto>>(`/egress-endpoints?${query}`)).body.items.map(({ name }) => name);
    expect(await names('')).toEqual(['berlin', 'oslo']);
    expect(await names('sort=-name')).toEqual(['oslo', 'berlin']);
    expect(await names('isActive=true')).toEqual(['berlin']);
    expect(await names('text=no')).toEqual(['oslo']);
  });
});
