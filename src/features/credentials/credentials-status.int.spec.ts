import { eventually } from '../../../test/support/eventually.js';
import type { CredentialDto } from './credentials.dto.js';
import type { PlatformStatusDto } from './credentials-status.dto.js';
import type { CredentialPlatform } from './platforms/credential-platform.js';
import { credentialsApi, type CredentialsApi, type Owner } from './testing/credentials-api.js';

const PAUSE_MS = 5_000;
const TOKEN = '123456:AAF3uX4h7Yb0Qm';
const ME = `/telegram/bot${TOKEN}/getMe`;
const KNOWN = { json: { ok: true, result: { id: 123456, username: 'our_bot' } } };
const UNKNOWN = { status: 401, json: { ok: false, error_code: 401, description: 'Unauthorized' } };

describe('/api/v1/credentials/status', () => {
  let world: CredentialsApi;
  let owner: Owner;

  beforeAll(async () => {
    world = await credentialsApi();
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    world.platforms.reset();
    owner = await world.newOwner();
  });

  const create = async (
    platform: CredentialPlatform,
    secrets: Record<string, string>,
    accountName = 'main',
  ): Promise<string> => {
    const { status, body } = await owner.ask<CredentialDto>('/credentials', {
      json: { platform, accountName, secrets },
    });
    expect(status).toBe(201);
    return body.id;
  };
  const createBot = (accountName?: string) => create('telegram', { botToken: TOKEN, chatId: '@channel' }, accountName);
  const statuses = async (): Promise<PlatformStatusDto[]> => {
    const { status, body } = await owner.ask<PlatformStatusDto[]>('/credentials/status');
    expect(status).toBe(200);
    return body;
  };
  const statusOf = async (platform: CredentialPlatform): Promise<PlatformStatusDto> => {
    const found = (await statuses()).find((each) => each.platform === platform);
    if (!found) throw new Error(`Nothing is said of ${platform}`);
    return found;
  };
  const timesAsked = (path: string) => world.platforms.asked.filter((asked) => asked.path === path).length;
  const notifications = () =>
    world.database.query('SELECT event, params FROM notifications WHERE user_id = $1', [owner.account.id]);

  it('says of each platform whether it is connected', async () => {
    expect((await statuses()).map(({ platform, connected, accounts }) => [platform, connected, accounts])).toEqual(
      ['zoom', 'youtube', 'vk_video', 'yandex_disk', 'google_drive', 'dropbox', 'telegram', 'rutube'].map((name) => [
        name,
        false,
        [],
      ]),
    );
    expect(await statusOf('youtube')).toMatchObject({ oauth: { available: true, reason: null, name: 'youtube' } });
  });

  it('asks the platform, once in five seconds', async () => {
    world.platforms.on(ME, KNOWN);
    const id = await createBot();
    const checkedAt = world.clock.now().toISOString();
    const working = {
      connected: true,
      accounts: [{ id, accountName: 'main', status: 'active', reason: null, checkedAt }],
    };
    expect(await statusOf('telegram')).toMatchObject(working);
    expect((await owner.ask(`/credentials/${id}`)).body).toMatchObject({ externalId: '123456', checkedAt });
    world.clock.advance(PAUSE_MS - 1);
    expect(await statusOf('telegram')).toMatchObject(working);
    expect(timesAsked(ME)).toBe(1);
    world.clock.advance(1);
    await Promise.all([statuses(), statuses(), statuses()]);
    expect(timesAsked(ME)).toBe(2);
  });

  it('finds out that the platform takes it no more, tells its owner once, and sees it work again', async () => {
    world.platforms.on(ME, UNKNOWN);
    const id = await createBot();
    const refused = { connected: false, accounts: [{ status: 'invalid', reason: 'unauthorized' }] };
    expect(await statusOf('telegram')).toMatchObject(refused);
    world.clock.advance(PAUSE_MS);
    expect(await statusOf('telegram')).toMatchObject(refused);
    expect(timesAsked(ME)).toBe(2);
    expect(await notifications()).toEqual([
      {
        event: 'credential.invalid',
        params: { credentialId: id, platform: 'telegram', accountName: 'main', reason: 'unauthorized' },
      },
    ]);
    world.platforms.on(ME, KNOWN);
    world.clock.advance(PAUSE_MS);
    expect(await statusOf('telegram')).toMatchObject({
      connected: true,
      accounts: [{ status: 'active', reason: null }],
    });
  });

  it('asks at once when the secrets are others', async () => {
    world.platforms.on(ME, UNKNOWN);
    const id = await createBot();
    await statuses();
    world.platforms.on('/telegram/bot1:other/getMe', KNOWN);
    await owner.ask(`/credentials/${id}`, {
      method: 'PUT',
      json: { secrets: { botToken: '1:other', chatId: '@channel' } },
    });
    expect(await statusOf('telegram')).toMatchObject({ connected: true });
  });

  it.each<[string, 'break' | { status: number; text: string }]>([
    ['does not answer', 'break'],
    ['answers nonsense', { status: 200, text: '<html>' }],
    ['is out of order', { status: 502, text: '' }],
  ])('leaves an account as it was when its platform %s', async (_, reply) => {
    world.platforms.on(ME, KNOWN);
    await createBot();
    await statuses();
    world.platforms.on(ME, reply);
    world.clock.advance(PAUSE_MS);
    const reason = expect.stringMatching(/^It could not be asked: 127\.0\.0\.1:/) as string;
    expect(await statusOf('telegram')).toMatchObject({ connected: true, accounts: [{ status: 'active', reason }] });
    expect(await notifications()).toEqual([]);
    world.platforms.on(ME, KNOWN);
    world.clock.advance(PAUSE_MS);
    expect(await statusOf('telegram')).toMatchObject({ accounts: [{ status: 'active', reason: null }] });
  });

  describe('of an account whose token is renewed on the way', () => {
    const CHANNELS = '/google/youtube/v3/channels';
    beforeEach(() => {
      world.platforms.on('/google/token', { json: { access_token: 'new', expires_in: 3_600 } });
    });

    it('keeps which account it is', async () => {
      world.platforms.on(CHANNELS, { json: { items: [{ id: 'UC1', snippet: { title: 'Lectures' } }] } });
      const id = await create('youtube', { refreshToken: 'by hand' });
      expect(await statusOf('youtube')).toMatchObject({ connected: true });
      expect((await owner.ask(`/credentials/${id}`)).body).toMatchObject({ externalId: 'UC1' });
    });

    it('keeps why it could not be asked', async () => {
      world.platforms.on(CHANNELS, 'break');
      await create('youtube', { refreshToken: 'by hand' });
      const reason = expect.stringMatching(/^It could not be asked: 127\.0\.0\.1:/) as string;
      expect(await statusOf('youtube')).toMatchObject({ accounts: [{ status: 'active', reason }] });
    });
  });

  it('goes on knowing why an account does not work when its platform does not answer', async () => {
    world.platforms.on(ME, UNKNOWN);
    await createBot();
    await statuses();
    world.platforms.on(ME, 'break');
    world.clock.advance(PAUSE_MS);
    expect(await statusOf('telegram')).toMatchObject({ accounts: [{ status: 'invalid', reason: 'unauthorized' }] });
  });

  it('asks four at once and does not wait for those that take too long; what they say then is kept', async () => {
    world.platforms.on(ME, 'hang');
    world.platforms.on('/yandex/v1/disk', {
      json: { user: { uid: '1', login: 'ann' } },
    });
    await create('yandex_disk', { accessToken: 'a token' });
    for (const name of ['1', '2', '3', '4', '5', '6']) await createBot(name);
    const answer = statuses();
    await eventually(() => timesAsked(ME) === 4);
    world.clock.advance(9_000);
    const all = await answer;
    expect(timesAsked(ME)).toBe(4);
    expect(all.find(({ platform }) => platform === 'yandex_disk')).toMatchObject({ accounts: [{ reason: null }] });
    const bots = all.find(({ platform }) => platform === 'telegram');
    expect(bots?.accounts.map(({ status, checkedAt }) => [status, checkedAt !== null])).toEqual([
      ...Array<unknown>(4).fill(['active', true]),
      ...Array<unknown>(2).fill(['active', false]),
    ]);
    expect(new Set(bots?.accounts.map(({ reason }) => reason))).toEqual(
      new Set(['It has not answered in time: this is how it was last']),
    );
    await eventually(async () => {
      const late = await world.database.query(
        `SELECT id FROM credentials WHERE user_id = $1 AND status_reason LIKE 'It could not be asked: %'`,
        [owner.account.id],
      );
      return late.length === 4;
    });
  });

  it('does not claim to know of what nobody can be asked about', async () => {
    await create('rutube', { login: 'ann', password: 'hunter2' });
    expect(await statusOf('rutube')).toMatchObject({
      connected: false,
      accounts: [{ status: 'unknown', reason: 'Rutube has no public API that could be asked', checkedAt: null }],
    });
  });

  it('answers for accounts whose secrets do not open', async () => {
    const id = await createBot();
    await world.database.query(`UPDATE credentials SET secrets = 'v1.gone.AAAA' WHERE id = $1`, [id]);
    expect(await statusOf('telegram')).toMatchObject({
      accounts: [{ status: 'active', reason: 'It could not be asked' }],
    });
  });

  it('refuses what is no token of a bot without asking', async () => {
    await create('telegram', { botToken: '../../secrets', chatId: '1' });
    expect(await statusOf('telegram')).toMatchObject({ accounts: [{ status: 'invalid' }] });
    expect(world.platforms.asked).toEqual([]);
  });
});
