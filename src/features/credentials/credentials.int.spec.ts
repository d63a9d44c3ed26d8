import { randomUUID } from 'node:crypto';
import { KeyRing } from '../../platform/crypto/key-ring.js';
import type { Page } from '../../platform/http-server/paging.js';
import type { CredentialDto } from './credentials.dto.js';
import type { CredentialPlatformDto } from './credentials-status.dto.js';
import { CredentialsVault, secretsContext } from './credentials-vault.js';
import { credentialsApi, type CredentialsApi, type Owner } from './testing/credentials-api.js';

const SECRETS = { botToken: '123456:AAF3uX4h7Yb0QmSECRET', chatId: '@secret_channel' };
const NEW = { platform: 'telegram', accountName: 'Our channel', secrets: SECRETS };

describe('/api/v1/credentials', () => {
  let world: CredentialsApi;
  let owner: Owner;

  beforeAll(async () => {
    world = await credentialsApi();
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    owner = await world.newOwner();
  });

  const create = async (fields: object = {}, by = owner): Promise<CredentialDto> => {
    const { status, body } = await by.ask<CredentialDto>('/credentials', { json: { ...NEW, ...fields } });
    expect(status).toBe(201);
    return body;
  };
  const put = (id: string, json: object, by = owner) =>
    by.ask<CredentialDto>(`/credentials/${id}`, { method: 'PUT', json });
  const rowOf = async (id: string) => {
    const [row] = await world.database.query<Record<string, unknown>>('SELECT * FROM credentials WHERE id = $1', [id]);
    return row;
  };
  const secretsOf = async (id: string): Promise<unknown> =>
    JSON.parse(world.api.app.get(KeyRing).decrypt((await rowOf(id))?.secrets as string, secretsContext(id)));

  it('keeps secrets encrypted and shows them masked', async () => {
    const created = await create();
    expect(created).toEqual({
      id: expect.any(String) as string,
      platform: 'telegram',
      accountName: 'Our channel',
      status: 'active',
      reason: null,
      masked: { botToken: '••••CRET', chatId: '••••nnel' },
      externalId: null,
      checkedAt: null,
      createdAt: expect.stringMatching(/Z$/) as string,
      updatedAt: expect.stringMatching(/Z$/) as string,
    });
    expect(await secretsOf(created.id)).toEqual(SECRETS);
    expect((await owner.ask(`/credentials/${created.id}`)).body).toEqual(created);
    expect((await owner.ask<Page<CredentialDto>>('/credentials')).body).toEqual({
      items: [created],
      total: 1,
      page: 1,
      pageSize: 20,
    });
    await owner.ask('/credentials', { json: { ...NEW, secrets: { ...SECRETS, password: 'hunter2hunter2' } } });
    const row = await rowOf(created.id);
    expect(world.told()).toContain('POST /api/v1/credentials 400');
    for (const secret of [...Object.values(SECRETS), 'hunter2', row?.secrets as string]) {
      expect(world.told()).not.toContain(secret);
    }
  });

  it('takes other secrets in place of all the old ones, which makes it active again', async () => {
    const { id } = await create({
      platform: 'zoom',
      secrets: { accountId: 'a', clientId: 'b', clientSecret: 'c', webhookSecret: 'd' },
    });
    await world.database.query(
      `UPDATE credentials SET status = 'invalid', status_reason = 'no', external_id = 'x', checked_at = now(),
         token_expires_at = now(), refreshing_until = now() + interval '1 hour' WHERE id = $1`,
      [id],
    );
    const secrets = { accountId: 'acc', clientId: 'client', clientSecret: 'a long secret' };
    const { status, body } = await put(id, { secrets });
    expect(status).toBe(200);
    expect(body).toMatchObject({ accountName: 'Our channel', status: 'active', reason: null, externalId: null });
    expect(body.masked).toEqual({ accountId: '••••', clientId: '••••', clientSecret: '••••cret' });
    expect(await secretsOf(id)).toEqual(secrets);
    expect(await rowOf(id)).toMatchObject({
      version: 2,
      checked_at: null,
      token_expires_at: null,
      refreshing_until: null,
    });
  });

  it('is renamed without a look at its secrets', async () => {
    const { id } = await create();
    await world.database.query(`UPDATE credentials SET secrets = 'v1.gone.AAAA' WHERE id = $1`, [id]);
    expect((await put(id, { accountName: 'Another' })).body).toMatchObject({ accountName: 'Another' });
    expect((await put(id, { accountName: 'Another' })).status).toBe(200);
    expect(await rowOf(id)).toMatchObject({ version: 1, secrets: 'v1.gone.AAAA' });
    expect((await put(id, { secrets: SECRETS })).status).toBe(200);
    expect(await secretsOf(id)).toEqual(SECRETS);
  });

  it('has its name for itself, of its platform and its owner', async () => {
    const { id } = await create();
    await create({ platform: 'rutube', secrets: { login: 'a', password: 'b' } });
    await create({}, await world.newOwner());
    const other = await create({ accountName: 'Other' });
    const taken = { status: 409, body: { code: 'credentials.name_taken' } };
    expect(await owner.ask('/credentials', { json: NEW })).toMatchObject(taken);
    expect(await put(other.id, { accountName: 'Our channel', secrets: SECRETS })).toMatchObject(taken);
    expect(await rowOf(other.id)).toMatchObject({ account_name: 'Other', version: 1 });
    await owner.ask(`/credentials/${id}`, { method: 'DELETE' });
    await create();
  });

  it('has its name for itself also when ten ask for it at once', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => owner.ask('/credentials', { json: NEW })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(9).fill(409)]);
  });

  it.each<[string, object, string[]]>([
    ['a platform that nobody knows', { platform: 'myspace' }, ['platform']],
    ['no name', { accountName: '' }, ['accountName']],
    ['a name that cannot be seen', { accountName: '  ' }, ['accountName']],
    ['a name of 101 characters', { accountName: 'x'.repeat(101) }, ['accountName']],
    ['a name with a zero byte', { accountName: 'a\0b' }, ['accountName']],
    ['a name with half a character', { accountName: 'a\ud800' }, ['accountName']],
    ['secrets that are a list', { secrets: ['a'] }, ['secrets']],
    ['no secrets', { secrets: undefined }, ['secrets']],
    ['null for secrets', { secrets: null }, ['secrets']],
    ['secrets without a field', { secrets: { botToken: 'a' } }, ['secrets.chatId']],
    ['an empty secret', { secrets: { ...SECRETS, chatId: '' } }, ['secrets.chatId']],
    ['a secret with a zero byte', { secrets: { ...SECRETS, chatId: 'a\0' } }, ['secrets.chatId']],
    ['a number for a secret', { secrets: { ...SECRETS, chatId: -100 } }, ['secrets.chatId']],
    ['a secret of another platform', { secrets: { ...SECRETS, password: 'a' } }, ['secrets.password']],
    ['a field that is not there', { userId: randomUUID() }, ['userId']],
  ])('refuses %s', async (_, fields, wrong) => {
    const { status, body } = await owner.ask('/credentials', { json: { ...NEW, ...fields } });
    expect({ status, code: body.code }).toEqual({ status: 400, code: 'request.invalid' });
    expect([...new Set(body.errors?.map(({ field }) => field))]).toEqual(wrong);
  });

  it('refuses changes that do not fit', async () => {
    const { id } = await create();
    expect((await put(id, { secrets: { login: 'a', password: 'b' } })).status).toBe(400);
    expect((await put(id, { accountName: null })).status).toBe(400);
    expect((await put(id, { secrets: null })).status).toBe(400);
    expect((await put(id, { platform: 'rutube' })).status).toBe(400);
    expect((await put(id, {})).status).toBe(200);
    expect((await put('not-an-id', {})).status).toBe(400);
  });

  it('is there for nobody but its owner', async () => {
    const { id } = await create();
    const stranger = await world.newOwner();
    const missing = { status: 404, body: { code: 'credentials.not_found' } };
    for (const path of [`/credentials/${id}`, `/credentials/${randomUUID()}`]) {
      expect(await stranger.ask(path)).toMatchObject(missing);
      expect(await stranger.ask(path, { method: 'PUT', json: { accountName: 'Mine' } })).toMatchObject(missing);
      expect(await stranger.ask(path, { method: 'PUT', json: { secrets: SECRETS } })).toMatchObject(missing);
      expect(await stranger.ask(path, { method: 'DELETE' })).toMatchObject(missing);
    }
    expect((await stranger.ask<Page<unknown>>('/credentials')).body).toMatchObject({ items: [], total: 0 });
    expect(JSON.stringify((await stranger.ask('/credentials/status')).body)).not.toContain(id);
    expect(await rowOf(id)).toMatchObject({ account_name: 'Our channel', version: 1, checked_at: null });
    for (const path of ['', '/platforms', '/status', `/${id}`]) {
      expect((await world.api.call(`/api/v1/credentials${path}`)).status).toBe(401);
    }
  });

  it('is gone when it has been deleted', async () => {
    const { id } = await create();
    expect(await owner.ask(`/credentials/${id}`, { method: 'DELETE' })).toEqual({ status: 204, body: null });
    expect((await owner.ask(`/credentials/${id}`)).status).toBe(404);
    expect((await owner.ask(`/credentials/${id}`, { method: 'DELETE' })).status).toBe(404);
    expect(await rowOf(id)).toBeUndefined();
  });

  it('lists by platform and status, page by page', async () => {
    await create({ accountName: 'first' });
    await create({ accountName: 'second' });
    const rutube = await create({ platform: 'rutube', secrets: { login: 'a', password: 'b' } });
    await world.database.query(`UPDATE credentials SET status = 'invalid' WHERE id = $1`, [rutube.id]);
    const names = async (query: string) =>
      (await owner.ask<Page<CredentialDto>>(`/credentials?${query}`)).body.items.map(({ accountName }) => accountName);
    expect(await names('platform=telegram')).toEqual(['first', 'second']);
    expect(await names('status=invalid')).toEqual(['Our channel']);
    expect(await names('platform=telegram&status=invalid')).toEqual([]);
    expect(await names('pageSize=1&page=2')).toEqual(['second']);
    expect((await owner.ask('/credentials?platform=myspace')).status).toBe(400);
  });

  it('has an end', async () => {
    const vault = world.api.app.get(CredentialsVault, { strict: false });
    for (let n = 0; n < 100; n += 1) {
      await vault.add(owner.account.id, 'telegram', `channel ${n}`, SECRETS);
    }
    expect(await owner.ask('/credentials', { json: NEW })).toMatchObject({
      status: 429,
      body: { code: 'credentials.too_many' },
    });
  });

  it('tells what there is to connect, and how', async () => {
    const { body } = await owner.ask<CredentialPlatformDto[]>('/credentials/platforms');
    expect(body.map(({ platform, oauth }) => [platform, oauth.name, oauth.available])).toEqual([
      ['zoom', 'zoom', true],
      ['youtube', 'youtube', true],
      ['vk_video', 'vk', true],
      ['yandex_disk', 'yandex_disk', true],
      ['google_drive', 'google_drive', true],
      ['dropbox', 'dropbox', true],
      ['telegram', null, false],
      ['rutube', null, false],
    ]);
    expect(body.at(-1)).toEqual({
      platform: 'rutube',
      forms: [
        {
          name: 'password',
          fields: [
            { name: 'login', required: true, description: expect.any(String) as string },
            { name: 'password', required: true, description: expect.any(String) as string },
          ],
        },
      ],
      oauth: { available: false, reason: expect.any(String) as string, name: null },
    });
  });
});
