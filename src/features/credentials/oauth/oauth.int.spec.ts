import type { Account } from '../../../platform/auth/principal.js';
import { Database } from '../../../platform/database/database.js';
import { startApi, type TestApi } from '../../../platform/http-server/testing/start-api.js';
import { Redis } from '../../../platform/redis/redis.js';
import { StandInsModule, type StandIns } from '../../../platform/stand-ins/stand-ins.js';
import { answerConsent, type Choice } from '../../../sandbox/testing/consent.js';
import { startTestSandbox, type TestSandbox } from '../../../sandbox/testing/test-sandbox.js';
import { telegramConfig } from '../../../telegram/index.js';
import { testStores, type TestStores } from '../../../../test/support/stores.js';
import { AccountsModule } from '../../accounts/index.js';
import { accountsGround } from '../../accounts/testing/accounts-ground.js';
import { makeUser } from '../../accounts/testing/make-user.js';
import { tokenOf } from '../../accounts/testing/token-of.js';
import { CredentialCalls } from '../credential-calls.js';
import { Credential } from '../credential.entity.js';
import { CredentialsModule } from '../credentials.module.js';
import { CredentialsVault } from '../credentials-vault.js';
import { OAUTH_PLATFORMS, type OAuthPlatformName } from '../platforms/credential-platform.js';
import { CredentialRefused } from '../platforms/platform.js';
import { Platforms } from '../platforms/platforms.js';
import { platformsConfig } from '../platforms/platforms.config.js';

const NAMES = Object.keys(OAUTH_PLATFORMS) as OAuthPlatformName[];
const STAND_IN_OF = {
  youtube: 'google',
  google_drive: 'google',
  vk: 'vk',
  zoom: 'zoom',
  yandex_disk: 'yandex',
  dropbox: 'dropbox',
};
const PUBLIC = 'http://nexus.test';

let stores: TestStores;
let sandbox: TestSandbox;
let api: TestApi;
let user: Account;
let token: string;

const start = (standIns: StandIns, env: Record<string, string> = {}) =>
  startApi({
    stores,
    groups: [...accountsGround.groups, platformsConfig, telegramConfig],
    imports: [...accountsGround.imports, StandInsModule.forRoot(standIns), AccountsModule, CredentialsModule],
    env: { NEXUS_ROLES: 'api', API_RATE_PER_MIN: '0', PUBLIC_BASE_URL: PUBLIC, ...env },
  });

beforeAll(async () => {
  [stores, sandbox] = await Promise.all([testStores(), startTestSandbox()]);
  api = await start(sandbox.sandbox.apis);
});
afterAll(async () => {
  await api.close();
  await Promise.all([stores.close(), sandbox.stop()]);
});
beforeEach(async () => {
  await sandbox.control.post('/reset');
  user = await makeUser(database());
  token = await tokenOf(api.app, user);
});

const database = () => api.app.get(Database);
const vault = () => api.app.get(CredentialsVault, { strict: false });
const authorize = (platform: string, of = api) => of.call(`/api/v1/oauth/${platform}/authorize`, { token });
const begin = async (platform: string) =>
  (await (await authorize(platform)).json()) as { authorizationUrl: string; state: string };
/** Where the callback sends the browser; `path` begins with `/`. */
const land = async (path: string, of = api) => {
  const response = await of.call(`/api/v1/oauth${path}`, { redirect: 'manual' });
  expect(response.status).toBe(302);
  expect(response.headers.get('referrer-policy')).toBe('no-referrer');
  expect(response.headers.get('cache-control')).toBe('no-store');
  return response.headers.get('location');
};
const callbackOf = ({ pathname, search }: URL) => pathname.replace('/api/v1/oauth', '') + search;
const consent = async (platform: string, choice?: Choice) =>
  callbackOf(await answerConsent((await begin(platform)).authorizationUrl, choice));
const connect = async (platform: string, choice?: Choice) => land(await consent(platform, choice));
const credentials = () => database().owned(Credential).find(user.id);
const failed = (platform: string, reason: string) =>
  `${PUBLIC}/connections?oauth=error&platform=${platform}&reason=${reason}`;
const script = (name: OAuthPlatformName, behaviour: string) =>
  sandbox.control.scriptApi({ api: STAND_IN_OF[name], behaviour, times: 1 });

describe.each(NAMES)('connecting %s', (name) => {
  it('ends with a credential that works, and is renewed', async () => {
    expect(await connect(name)).toBe(`${PUBLIC}/connections?oauth=success&platform=${name}`);
    const [credential, ...others] = await credentials();
    expect(others).toEqual([]);
    expect(credential).toMatchObject({ platform: OAUTH_PLATFORMS[name], status: 'active', version: 1 });
    const before = vault().open(credential!);
    expect(Object.keys(before)).toEqual(expect.arrayContaining(['accessToken', 'refreshToken']));

    await database().query(`UPDATE credentials SET token_expires_at = now() WHERE id = $1`, [credential!.id]);
    const expired = (await vault().find(user.id, credential!.id))!;
    const platform = api.app.get(Platforms, { strict: false }).get(OAUTH_PLATFORMS[name]);
    const calls = api.app.get(CredentialCalls, { strict: false });
    const identity = await calls.call(expired, (grant) => platform.identify(grant, before));
    expect(identity.externalId).toBe(credential!.externalId);
    const after = vault().open((await vault().find(user.id, credential!.id))!);
    expect(after.accessToken).not.toBe(before.accessToken);
    // Zoom and VK rotate.
    expect(after.refreshToken !== before.refreshToken).toBe(name === 'vk' || name === 'zoom');
  });

  it('anew gives the same credential new tokens', async () => {
    await connect(name);
    await connect(name);
    expect(await credentials()).toMatchObject([{ version: 2 }]);
  });

  it('tells when the user said no, the code is refused or the platform is down', async () => {
    expect(await connect(name, { decision: 'deny' })).toBe(failed(name, 'access_denied'));
    await script(name, 'invalid_grant');
    expect(await connect(name)).toBe(failed(name, 'exchange_failed'));
    const callback = await consent(name);
    await script(name, 'down');
    expect(await land(callback)).toBe(failed(name, 'unavailable'));
    expect(await credentials()).toEqual([]);
  });

  it('takes a state once', async () => {
    const callback = await consent(name);
    expect(await land(callback)).toContain('oauth=success');
    expect(await land(callback)).toBe(failed(name, 'state_invalid'));
  });
});

describe('connecting YouTube', () => {
  it('needs all that is asked for', async () => {
    const { authorizationUrl } = await begin('youtube');
    const scopes = new URL(authorizationUrl).searchParams.get('scope')!.split(' ');
    expect(callbackOf(await answerConsent(authorizationUrl, { scopes: scopes.slice(1) }))).toContain('code=');
    expect(await connect('youtube', { scopes: scopes.slice(1) })).toBe(failed('youtube', 'missing_scope'));
  });

  it('needs a channel', async () => {
    expect(await connect('youtube', { account: 'eva' })).toBe(failed('youtube', 'no_channel'));
    expect(await credentials()).toEqual([]);
  });
});

describe('authorize', () => {
  it('answers the consent page, and a state of 256 bits that is kept for ten minutes', async () => {
    const response = await authorize('youtube');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(response.headers.get('cache-control')).toBe('no-store');
    const { authorizationUrl, state } = (await response.json()) as { authorizationUrl: string; state: string };
    const { origin, pathname, searchParams } = new URL(authorizationUrl);
    expect(origin + pathname).toBe(`${sandbox.sandbox.apis.google!}/o/oauth2/v2/auth`);
    expect(searchParams.get('redirect_uri')).toBe(`${PUBLIC}/api/v1/oauth/youtube/callback`);
    expect(searchParams.get('state')).toBe(state);
    expect(Buffer.from(state, 'base64url')).toHaveLength(32);
    const redis = api.app.get(Redis);
    expect(await redis.client.ttl(redis.key('oauth', state))).toBeGreaterThan(595);
    expect(await redis.client.ttl(redis.key('oauth', state))).toBeLessThanOrEqual(600);
    expect((await begin('youtube')).state).not.toBe(state);
  });

  it.each(['vk_video', 'rutube', 'constructor', '%00', 'YouTube'])('does not know %s', async (platform) => {
    const response = await authorize(platform);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'oauth.platform_unknown' });
  });

  it('asks who it is for', async () => {
    expect((await api.call('/api/v1/oauth/youtube/authorize')).status).toBe(401);
  });
});

describe('the callback', () => {
  it('takes no state of another platform, and it is gone then', async () => {
    const { state } = await begin('youtube');
    const query = `?state=${state}&code=x`;
    expect(await land(`/google_drive/callback${query}`)).toBe(failed('google_drive', 'state_invalid'));
    expect(await land(`/youtube/callback${query}`)).toBe(failed('youtube', 'state_invalid'));
  });

  it('gives nothing to an account that is gone, disabled or signed out', async () => {
    const leave = [
      'DELETE FROM users WHERE id = $1',
      'UPDATE users SET is_active = false WHERE id = $1',
      `UPDATE sessions SET ended_at = now(), end_reason = 'logout' WHERE user_id = $1`,
    ];
    for (const sql of leave) {
      user = await makeUser(database());
      token = await tokenOf(api.app, user);
      const callback = await consent('youtube');
      await database().query(sql, [user.id]);
      expect(await land(callback)).toBe(failed('youtube', 'account_gone'));
      expect(await credentials()).toEqual([]);
    }
  });

  it('tells why in words of its own alone', async () => {
    const words: [string, string][] = [
      ['access_denied', 'access_denied'],
      ['temporarily_unavailable', 'unavailable'],
      ['<script>alert(1)</script>', 'exchange_failed'],
      ['__proto__', 'exchange_failed'],
      ['', 'exchange_failed'],
    ];
    for (const [error, reason] of words) {
      const { state } = await begin('zoom');
      const query = new URLSearchParams({ state, error, error_description: 'words of the outside' });
      expect(await land(`/zoom/callback?${query.toString()}`)).toBe(failed('zoom', reason));
    }
    const { state } = await begin('zoom');
    expect(await land(`/zoom/callback?state=${state}`)).toBe(failed('zoom', 'exchange_failed'));
  });

  it.each([
    '',
    '?',
    '?state=',
    '?state[]=a&code[]=b',
    '?state=a&state=b',
    '?state[a][b]=c',
    '?state=%00',
    '?state=%E0%A4%A',
    '?state=..%2F..%2Fx',
    `?state=${'A'.repeat(43)}`,
    `?state=${'A'.repeat(43)}%0A`,
    `?state=${'я'.repeat(43)}`,
    `?${'a=b&'.repeat(2_000)}`,
    `?state=${'a'.repeat(12_000)}`,
    '?__proto__=x&constructor=y&toString=z&state=hasOwnProperty',
    '?error=access_denied',
    '?code=x',
  ])('has an answer to strange query %#', async (query) => {
    for (const name of NAMES) expect(await land(`/${name}/callback${query}`)).toBe(failed(name, 'state_invalid'));
  });

  it('has an answer to whatever comes with a state that is good', async () => {
    for (const rest of [
      'code=%00',
      'code[]=a',
      'code=a&code=b',
      `code=${'x'.repeat(10_000)}`,
      'code=x&device_id[]=y',
    ]) {
      for (const name of NAMES) {
        const { state } = await begin(name);
        expect(await land(`/${name}/callback?state=${state}&${rest}`)).toBe(failed(name, 'exchange_failed'));
      }
    }
  });

  it('lets megabytes not even in', async () => {
    const response = await api.call(`/api/v1/oauth/zoom/callback?state=${'a'.repeat(2_000_000)}`, {
      redirect: 'manual',
    });
    expect(response.status).toBe(431);
  });

  it('does not know every platform', async () => {
    expect((await api.call('/api/v1/oauth/rutube/callback?state=x', { redirect: 'manual' })).status).toBe(404);
  });

  it('connects once when it comes twice at once', async () => {
    const callback = await consent('vk');
    const ends = await Promise.all([land(callback), land(callback), land(callback)]);
    expect(ends.filter((end) => end?.includes('oauth=success'))).toHaveLength(1);
    expect(await credentials()).toHaveLength(1);
  });
});

describe('without a sandbox', () => {
  let real: TestApi;

  beforeAll(async () => {
    const env = {
      GOOGLE_CLIENT_ID: 'own-id',
      GOOGLE_CLIENT_SECRET: 'own-secret',
      OAUTH_REDIRECT_BASE_URL: 'https://back.test',
    };
    real = await start({}, env);
  });
  afterAll(() => real.close());

  it('sends to the real page what is configured, and says what to set for the others', async () => {
    const { authorizationUrl } = (await (await authorize('youtube', real)).json()) as { authorizationUrl: string };
    const { origin, searchParams } = new URL(authorizationUrl);
    expect(origin).toBe('https://accounts.google.com');
    expect(searchParams.get('client_id')).toBe('own-id');
    expect(searchParams.get('redirect_uri')).toBe('https://back.test/api/v1/oauth/youtube/callback');
    expect(authorizationUrl).not.toContain('own-secret');
    const response = await authorize('zoom', real);
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({
      code: 'oauth.not_configured',
      detail: expect.stringContaining('Set ZOOM_CLIENT_ID and ZOOM_CLIENT_SECRET') as string,
    });
  });

  it('says so when Redis is away', async () => {
    real.app.get(Redis).client.destroy();
    const response = await authorize('youtube', real);
    expect(response.status).toBe(502);
    expect(await response.json()).toMatchObject({ code: 'oauth.unavailable' });
    const path = `/youtube/callback?state=${'A'.repeat(43)}&code=x`;
    expect(await land(path, real)).toBe(failed('youtube', 'unavailable'));
  });
});

describe('a server-to-server app of Zoom', () => {
  it('gets its tokens by itself, and one that Zoom refuses ends', async () => {
    const calls = api.app.get(CredentialCalls, { strict: false });
    const ask = ({ token: given }: { token: string }) =>
      given === 'revoked' ? Promise.reject(new CredentialRefused('unauthorized')) : Promise.resolve(given);
    const app = { accountId: 'account-1', clientId: 'sandbox', clientSecret: 'sandbox-secret' };
    const good = await vault().add(user.id, 'zoom', 'Good', app);
    const first = await calls.call(good, ask);
    expect(await calls.call((await vault().find(user.id, good.id))!, ask)).toBe(first);
    const wrong = await vault().add(user.id, 'zoom', 'Wrong', { ...app, clientSecret: 'another' });
    await expect(calls.call(wrong, ask)).rejects.toMatchObject({ code: 'credentials.invalid' });
    expect(await vault().find(user.id, wrong.id)).toMatchObject({ status: 'invalid', statusReason: 'invalid_client' });
  });
});
