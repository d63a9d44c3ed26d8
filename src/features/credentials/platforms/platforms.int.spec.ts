import { inspect } from 'node:util';
import { NetworkError } from '../../../platform/http/index.js';
import { OAUTH_PLATFORMS, type OAuthPlatformName } from './credential-platform.js';
import { CredentialRefused, OAuthRefused } from './platform.js';
import { PlatformUnavailable } from './protocol/platform-unavailable.js';
import { FakePlatformServer, type FakeReply } from './testing/fake-platform-server.js';
import { platformsAt, standInsAt, type PlatformsAt } from './testing/platforms-at.js';

const NAMES = Object.keys(OAUTH_PLATFORMS) as OAuthPlatformName[];
const REDIRECT = 'https://nexus.example/api/v1/oauth/x/callback';
const GOOGLE_SCOPE = 'https://www.googleapis.com/auth/';
const YOUTUBE_SCOPES = ['youtube.upload', 'youtube.force-ssl', 'youtube.readonly'].map((name) => GOOGLE_SCOPE + name);

/** Where each has its consent page, its tokens and its «who am I». */
const PATHS: Record<OAuthPlatformName, { authorize: string; token: string; me: string }> = {
  youtube: { authorize: '/google/o/oauth2/v2/auth', token: '/google/token', me: '/google/youtube/v3/channels' },
  google_drive: { authorize: '/google/o/oauth2/v2/auth', token: '/google/token', me: '/google/drive/v3/about' },
  vk: { authorize: '/vk/authorize', token: '/vk/oauth2/auth', me: '/vk/oauth2/user_info' },
  zoom: { authorize: '/zoom/oauth/authorize', token: '/zoom/oauth/token', me: '/zoom/v2/users/me' },
  yandex_disk: { authorize: '/yandex/authorize', token: '/yandex/token', me: '/yandex/v1/disk' },
  dropbox: {
    authorize: '/dropbox/oauth2/authorize',
    token: '/dropbox/oauth2/token',
    me: '/dropbox/2/users/get_current_account',
  },
};

const ANSWER = { access_token: 'access-1', refresh_token: 'refresh-2', expires_in: 3600, token_type: 'Bearer' };
const PROOF = { verifier: 'the-verifier', redirectUri: REDIRECT, state: 'the-state' };
const QUERY = { code: 'the-code', state: 'the-state', device_id: 'device-1' };
const OLD = { accessToken: 'access-0', refreshToken: 'refresh-1', deviceId: 'device-1' };

let server: FakePlatformServer;
let platforms: PlatformsAt;

beforeAll(async () => {
  server = await FakePlatformServer.start();
  platforms = platformsAt({}, standInsAt(server.url));
});
afterAll(async () => {
  await platforms.close();
  await server.close();
});
beforeEach(() => server.reset());

const tokensOf = (name: OAuthPlatformName, reply: FakeReply) =>
  server.on(PATHS[name].token, ({ form }) => ({ ...reply, json: { state: form.state, ...(reply.json as object) } }));
const exchange = (name: OAuthPlatformName) => platforms.of(name).oauth.exchange({ ...PROOF, query: QUERY });
const refresh = (name: OAuthPlatformName) => platforms.of(name).oauth.refresh(OLD);
const identify = (name: OAuthPlatformName, secrets: Record<string, string> = OLD) => {
  const platform = platforms.of(name);
  return platform.identify(platform.grant(secrets)!, secrets);
};
const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'no failure',
    (error: unknown) => error,
  );
const reasonOf = async (work: Promise<unknown>) => {
  const error = await failure(work);
  return error instanceof OAuthRefused || error instanceof CredentialRefused ? `${error.name} ${error.reason}` : error;
};

describe.each(NAMES)('the authorisation server of %s', (name) => {
  const paths = PATHS[name];

  it('is asked for consent with a state and the challenge of PKCE', () => {
    const { oauth } = platforms.of(name);
    const url = new URL(
      oauth.authorizationUrl({ state: 'the-state', challenge: 'the-challenge', redirectUri: REDIRECT }),
    );
    expect(url.origin + url.pathname).toBe(server.url + paths.authorize);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      client_id: 'sandbox',
      response_type: 'code',
      redirect_uri: REDIRECT,
      state: 'the-state',
      code_challenge: 'the-challenge',
      code_challenge_method: 'S256',
    });
    expect(url.href).not.toContain('secret');
  });

  it('exchanges a code, with the verifier and nothing secret in the address', async () => {
    tokensOf(name, { json: ANSWER });
    const tokens = await exchange(name);
    expect(tokens).toMatchObject({ accessToken: 'access-1', refreshToken: 'refresh-2', expiresInSec: 3600 });
    const { form, method, query } = server.last(paths.token);
    expect({ method, query }).toEqual({ method: 'POST', query: {} });
    expect(form).toMatchObject({
      grant_type: 'authorization_code',
      code: 'the-code',
      code_verifier: 'the-verifier',
      redirect_uri: REDIRECT,
    });
  });

  it('refreshes, and hands a rotated refresh token on', async () => {
    tokensOf(name, { json: ANSWER });
    expect(await refresh(name)).toMatchObject({ accessToken: 'access-1', refreshToken: 'refresh-2' });
    expect(server.last(paths.token).form).toMatchObject({ grant_type: 'refresh_token', refresh_token: 'refresh-1' });
    tokensOf(name, { json: { ...ANSWER, refresh_token: undefined } });
    expect((await refresh(name)).refreshToken).toBeUndefined();
  });

  it.each([undefined, null, 0, -1, '', 'soon', 1e13, '1e400'])('gives tokens without an end: %s', async (never) => {
    tokensOf(name, { json: { ...ANSWER, expires_in: never } });
    expect((await refresh(name)).expiresInSec).toBeUndefined();
  });

  it.each([200, 400, 401])('says no for good with invalid_grant and status %i', async (status) => {
    tokensOf(name, { status, json: { error: 'invalid_grant', error_description: 'refresh-1 is revoked' } });
    const error = await failure(refresh(name));
    expect(error).toMatchObject({ name: 'OAuthRefused', reason: 'invalid_grant', message: 'invalid_grant' });
  });

  it.each<[string, FakeReply]>([
    ['is down', { status: 503, json: { error: 'invalid_grant' } }],
    ['has had enough', { status: 429, json: {} }],
    ['asks to come later', { status: 400, json: { error: 'temporarily_unavailable' } }],
    ['leads elsewhere', { status: 302, json: {}, headers: { location: 'http://127.0.0.1:1/' } }],
    ['forgets the token', { json: { access_token: '' } }],
  ])('may be asked again when it %s', async (_what, reply) => {
    tokensOf(name, reply);
    expect(await failure(refresh(name))).toBeInstanceOf(PlatformUnavailable);
  });

  it('may be asked again when it answers no JSON, breaks off or takes too long', async () => {
    server.on(paths.token, { text: '<html>refresh-1</html>' });
    expect(await failure(refresh(name))).toBeInstanceOf(PlatformUnavailable);
    for (const reply of ['break', 'hang'] as const) {
      server.on(paths.token, reply);
      expect(await failure(refresh(name))).toBeInstanceOf(NetworkError);
    }
  });

  it('keeps what it was told and what it tells out of errors', async () => {
    const secrets = /the-code|the-verifier|sandbox-secret|refresh-\d|access-\d|device-1/;
    const json = { error: 'invalid_client', error_description: 'refresh-1', request: OLD };
    for (const reply of [{ status: 400, json }, { status: 500, json }, { text: '{"access_token":"access-1' }]) {
      server.on(paths.token, reply);
      server.on(paths.me, { status: 500, json: OLD });
      for (const work of [exchange, refresh, identify]) {
        expect(inspect(await failure(work(name)), { depth: 10 }).replace(/\n\s+at .*/g, '')).not.toMatch(secrets);
      }
    }
  });

  it('does not let a refused token pass for an account', async () => {
    server.on(paths.me, { status: 401, json: {} });
    expect(await reasonOf(identify(name))).toBe('CredentialRefused unauthorized');
    server.on(paths.me, { status: 503, json: {} });
    expect(await failure(identify(name))).toBeInstanceOf(PlatformUnavailable);
    server.on(paths.me, { json: { items: [{}] } });
    expect(await failure(identify(name))).toBeInstanceOf(PlatformUnavailable);
  });
});

describe('Google', () => {
  it('is asked for offline access and consent each time', () => {
    const url = (name: OAuthPlatformName) =>
      new URL(platforms.of(name).oauth.authorizationUrl({ state: 's', challenge: 'c', redirectUri: REDIRECT }));
    const youtube = Object.fromEntries(url('youtube').searchParams);
    expect(youtube).toMatchObject({ access_type: 'offline', prompt: 'consent', scope: YOUTUBE_SCOPES.join(' ') });
    expect(url('google_drive').searchParams.get('scope')).toBe(`${GOOGLE_SCOPE}drive.readonly`);
  });

  it('refuses when a scope was unticked', async () => {
    tokensOf('youtube', { json: { ...ANSWER, scope: YOUTUBE_SCOPES.toReversed().join(' ') } });
    expect((await exchange('youtube')).scopes).toHaveLength(3);
    tokensOf('youtube', { json: { ...ANSWER, scope: YOUTUBE_SCOPES.slice(1).join(' ') } });
    expect(await reasonOf(exchange('youtube'))).toBe('OAuthRefused missing_scope');
  });

  it('names the channel; an account without one is refused', async () => {
    const { me } = PATHS.youtube;
    server.on(me, { json: { items: [{ id: 'UC1', snippet: { title: 'My channel' } }] } });
    expect(await identify('youtube')).toEqual({ externalId: 'UC1', name: 'My channel' });
    expect(server.last(me)).toMatchObject({
      query: { part: 'snippet', mine: 'true' },
      authorization: 'Bearer access-0',
    });
    const signup = { error: { code: 401, errors: [{ reason: 'youtubeSignupRequired' }] } };
    for (const reply of [{ json: { items: [] } }, { json: {} }, { status: 401, json: signup }]) {
      server.on(me, reply);
      expect(await reasonOf(identify('youtube'))).toBe('CredentialRefused no_channel');
    }
  });

  it('tells scopes that lack from a quota that is used up', async () => {
    const refused = (reason: string) => ({ status: 403, json: { error: { code: 403, errors: [{ reason }] } } });
    server.on(PATHS.youtube.me, refused('insufficientPermissions'));
    expect(await reasonOf(identify('youtube'))).toBe('CredentialRefused missing_scope');
    server.on(PATHS.youtube.me, refused('quotaExceeded'));
    expect(await failure(identify('youtube'))).toBeInstanceOf(PlatformUnavailable);
  });

  it('names the owner of a Drive', async () => {
    const user = { permissionId: '0815', emailAddress: 'ada@example.com', displayName: 'Ada' };
    server.on(PATHS.google_drive.me, { json: { user } });
    expect(await identify('google_drive')).toEqual({ externalId: '0815', name: 'ada@example.com' });
  });
});

describe('VK ID', () => {
  it('gets the device of the callback, which every refresh needs', async () => {
    tokensOf('vk', { json: { ...ANSWER, scope: 'wall video' } });
    expect(await exchange('vk')).toMatchObject({ extra: { deviceId: 'device-1' } });
    const asked = server.last(PATHS.vk.token).form;
    expect(asked).toMatchObject({ device_id: 'device-1', state: 'the-state', client_id: 'sandbox' });
    expect(asked).not.toHaveProperty('client_secret');
    await refresh('vk');
    expect(server.last(PATHS.vk.token).form).toMatchObject({ device_id: 'device-1', client_id: 'sandbox' });
    const states = server.asked.map(({ form }) => form.state);
    expect(new Set(states).size).toBe(2);
    const lost = platforms.of('vk').oauth.exchange({ ...PROOF, query: { code: 'the-code' } });
    expect(await reasonOf(lost)).toBe('OAuthRefused device_id_missing');
  });

  it('must give back the state of each question', async () => {
    for (const state of ['another', undefined]) {
      server.on(PATHS.vk.token, { json: { ...ANSWER, state } });
      expect(await reasonOf(exchange('vk'))).toBe('OAuthRefused state_mismatch');
      expect(await reasonOf(refresh('vk'))).toBe('OAuthRefused state_mismatch');
    }
  });

  it('must grant videos', async () => {
    tokensOf('vk', { json: { ...ANSWER, scope: 'vkid.personal_info wall' } });
    expect(await reasonOf(exchange('vk'))).toBe('OAuthRefused missing_scope');
  });

  it('calls a dead refresh token an invalid token, too', async () => {
    tokensOf('vk', { json: { error: 'invalid_token' } });
    expect(await reasonOf(refresh('vk'))).toBe('OAuthRefused invalid_grant');
  });

  it('names the user of its own tokens, and refuses with status 200', async () => {
    server.on(PATHS.vk.me, { json: { user: { user_id: 42, first_name: 'Ада', last_name: 'Лавлейс' } } });
    expect(await identify('vk')).toEqual({ externalId: '42', name: 'Ада Лавлейс' });
    expect(server.last(PATHS.vk.me)).toMatchObject({
      query: {},
      form: { access_token: 'access-0', client_id: 'sandbox' },
    });
    server.on(PATHS.vk.me, { json: { error: 'invalid_token' } });
    expect(await reasonOf(identify('vk'))).toBe('CredentialRefused unauthorized');
  });

  it('does not know the tokens of others: for these the API is asked', async () => {
    const me = '/vk/method/users.get';
    const byHand = { accessToken: 'access-0' };
    server.on(me, { json: { response: [{ id: 42, first_name: 'Ада', last_name: '' }] } });
    expect(await identify('vk', byHand)).toEqual({ externalId: '42', name: 'Ада' });
    server.on(me, { json: { error: { error_code: 5, error_msg: 'access-0' } } });
    expect(await reasonOf(identify('vk', byHand))).toBe('CredentialRefused unauthorized');
    server.on(me, { json: { error: { error_code: 10 } } });
    expect(await failure(identify('vk', byHand))).toBeInstanceOf(PlatformUnavailable);
  });
});

describe('Zoom', () => {
  const APP = { accountId: 'account-1', clientId: 'own-id', clientSecret: 'own-secret' };
  const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
  const obtain = (secrets: Record<string, string>) => platforms.of('zoom').obtain!(secrets);

  it('knows the client by the header alone', async () => {
    tokensOf('zoom', { json: ANSWER });
    await exchange('zoom');
    const { authorization, form } = server.last(PATHS.zoom.token);
    expect(authorization).toBe(basic('sandbox:sandbox-secret'));
    expect(form).not.toHaveProperty('client_secret');
  });

  it.each([4711, 4734, 4735, 4741])('ends a grant by the number %i, too', async (code) => {
    tokensOf('zoom', { status: 400, json: { code, reason: 'Some words' } });
    expect(await reasonOf(refresh('zoom'))).toBe('OAuthRefused invalid_grant');
  });

  it('gives server-to-server apps a token for their own id and secret', async () => {
    tokensOf('zoom', { json: { ...ANSWER, refresh_token: undefined } });
    expect(await obtain(APP)).toMatchObject({ accessToken: 'access-1', expiresInSec: 3600 });
    expect(server.last(PATHS.zoom.token)).toMatchObject({
      authorization: basic('own-id:own-secret'),
      form: { grant_type: 'account_credentials', account_id: 'account-1' },
    });
    expect(await obtain(OLD)).toBeNull();
  });

  it('refuses an app for good, but not while it is down', async () => {
    tokensOf('zoom', { status: 400, json: { reason: 'Invalid client_id or client_secret', error: 'invalid_client' } });
    expect(await reasonOf(obtain(APP))).toBe('CredentialRefused invalid_client');
    tokensOf('zoom', { status: 500, json: {} });
    expect(await failure(obtain(APP))).toBeInstanceOf(PlatformUnavailable);
  });

  it('names the user, and says when scopes lack', async () => {
    server.on(PATHS.zoom.me, { json: { id: 'z1', email: 'ada@example.com', display_name: 'Ada' } });
    expect(await identify('zoom')).toEqual({ externalId: 'z1', name: 'ada@example.com' });
    server.on(PATHS.zoom.me, { status: 400, json: { code: 4711, message: 'does not contain scopes' } });
    expect(await reasonOf(identify('zoom'))).toBe('CredentialRefused missing_scope');
  });
});

describe('Yandex Disk', () => {
  it('has a scheme of its own, and names the login', async () => {
    server.on(PATHS.yandex_disk.me, { json: { user: { login: 'ada', uid: 7, display_name: 'Ада' } } });
    expect(await identify('yandex_disk')).toEqual({ externalId: '7', name: 'ada' });
    expect(server.last(PATHS.yandex_disk.me).authorization).toBe('OAuth access-0');
  });

  it('says when the application has no right to the disk', async () => {
    server.on(PATHS.yandex_disk.me, { status: 403, json: { error: 'ForbiddenError' } });
    expect(await reasonOf(identify('yandex_disk'))).toBe('CredentialRefused missing_scope');
  });
});

describe('Dropbox', () => {
  it('is asked for a refresh token, and refuses when reading was unticked', async () => {
    const { oauth } = platforms.of('dropbox');
    const url = new URL(oauth.authorizationUrl({ state: 's', challenge: 'c', redirectUri: REDIRECT }));
    expect(url.searchParams.get('token_access_type')).toBe('offline');
    tokensOf('dropbox', { json: { ...ANSWER, scope: 'account_info.read files.metadata.read' } });
    expect(await reasonOf(exchange('dropbox'))).toBe('OAuthRefused missing_scope');
  });

  it('names the account, and says when scopes lack', async () => {
    const account = { account_id: 'dbid:1', email: 'ada@example.com', name: { display_name: 'Ada' } };
    server.on(PATHS.dropbox.me, { json: account });
    expect(await identify('dropbox')).toEqual({ externalId: 'dbid:1', name: 'ada@example.com' });
    server.on(PATHS.dropbox.me, { status: 401, json: { error: { '.tag': 'missing_scope' } } });
    expect(await reasonOf(identify('dropbox'))).toBe('CredentialRefused missing_scope');
  });
});
