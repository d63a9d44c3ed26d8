import type { Page } from '../../../../platform/http-server/paging.js';
import { operatorApi, type OperatorApi } from '../testing/operator-api.js';
import { ScriptedProvider } from '../testing/scripted-provider.js';
import type { CircuitDto } from './circuit.dto.js';

const KEY = 'p:yt-dlp:youtube:long';
const PATH = `/circuits/${encodeURIComponent(KEY)}`;

describe('/api/v1/circuits', () => {
  let world: OperatorApi;
  const ask: OperatorApi['ask'] = (path, call) => world.ask(path, call);

  beforeAll(async () => {
    world = await operatorApi([new ScriptedProvider('yt-dlp', 'local')]);
  });
  afterAll(() => world.close());

  const listed = async (query = '') => (await ask<Page<CircuitDto>>(`/circuits${query}`)).body;

  it('is for admins alone', async () => {
    for (const [method, path] of [
      ['GET', '/circuits'],
      ['POST', `${PATH}/close`],
      ['POST', `${PATH}/extend`],
    ] as const) {
      expect((await ask(path, { method, token: null })).status).toBe(401);
      expect((await ask(path, { method, token: world.userToken })).status).toBe(403);
    }
  });

  it('lists what is not closed, extends it and closes it, and writes that down', async () => {
    expect(await listed()).toEqual({ items: [], total: 0, page: 1, pageSize: 20 });
    await world.fail('yt-dlp', 'HTTP_403');
    await world.fail('savenow', 'CONFIG');
    const { items, total } = await listed();
    const openUntil = expect.stringMatching(/^\d{4}-.*Z$/) as string;
    expect(total).toBe(2);
    expect(items).toEqual([
      { key: 'p:savenow', state: 'open', openUntil: null, level: expect.any(Number) as number, reason: 'CONFIG' },
      { key: KEY, state: 'open', openUntil, level: 1, reason: 'HTTP_403' },
    ]);
    expect(await listed('?page=2&pageSize=1')).toMatchObject({ total: 2, items: [{ key: KEY }] });

    const extended = await ask<CircuitDto>(`${PATH}/extend`, { json: { minutes: 60 } });
    expect(extended).toMatchObject({ status: 200, body: { key: KEY, state: 'open' } });
    const [before, after] = [items[1]?.openUntil, extended.body.openUntil];
    expect(Date.parse(after ?? '') - Date.parse(before ?? '')).toBe(3_600_000);

    expect(await ask(`${PATH}/close`, { method: 'POST' })).toMatchObject({
      status: 200,
      body: { key: KEY, state: 'closed' },
    });
    expect((await listed()).items.map(({ key }) => key)).toEqual(['p:savenow']);
    const by = { actor: `user:${world.adminId}`, subject: `circuit:${KEY}` };
    expect(await world.audit()).toMatchObject([
      { ...by, action: 'circuit.extended', before: { openUntil: before }, after: { openUntil: after } },
      { ...by, action: 'circuit.closed', before: { key: KEY }, after: null },
    ]);
  });

  it('does not know one that is closed, and wants minutes', async () => {
    const unknown = { status: 404, body: { code: 'routing.circuit_not_found' } };
    const path = `/circuits/${encodeURIComponent('p:nobody:youtube:long')}`;
    expect(await ask(`${path}/close`, { method: 'POST' })).toMatchObject(unknown);
    expect(await ask(`${path}/extend`, { json: { minutes: 5 } })).toMatchObject(unknown);
    for (const minutes of [0, 1.5, '5', 1e9]) {
      const { status, body } = await ask(`${path}/extend`, { json: { minutes } });
      expect({ status, field: body.errors?.[0]?.field }).toEqual({ status: 400, field: 'minutes' });
    }
  });
});
