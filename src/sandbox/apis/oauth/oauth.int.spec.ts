import { ManualClock } from '../../../platform/clock/testing/manual-clock.js';
import { type OAuthApi, OAuthClient, PROFILES, REDIRECT_URI } from '../../testing/oauth-client.js';
import { startTestSandbox, type TestSandbox } from '../../testing/test-sandbox.js';

const SEC = 1000;
const ACCESS_SEC = { google: 3599, vk: 3600, zoom: 3600, yandex: 31_536_000, dropbox: 14_400 };

describe.each(Object.keys(PROFILES) as OAuthApi[])('the authorisation server of %s', (api) => {
  const clock = new ManualClock();
  let test: TestSandbox;
  let client: OAuthClient;

  beforeAll(async () => {
    test = await startTestSandbox({ clock });
    client = new OAuthClient(api, test.sandbox.apis[api] ?? '');
  });
  beforeEach(() => test.control.post('/reset'));
  afterAll(() => test.stop());

  const script = (behaviour: string, options: object = {}) =>
    test.control.scriptApi({ api, behaviour, times: 1, ...options });

  it('gives tokens for a code, and tells whose they are', async () => {
    const callback = await client.authorize();
    expect(callback).toMatchObject({ kept: '1', state: 'a state/&=', code: expect.any(String) as string });
    const { status, body } = await client.exchange(callback);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      access_token: expect.any(String) as string,
      refresh_token: expect.any(String) as string,
      token_type: expect.stringMatching(/^bearer$/i) as string,
      expires_in: ACCESS_SEC[api],
      scope: expect.any(String) as string,
    });
    const first = JSON.stringify((await client.whoAmI(String(body.access_token))).body);
    expect(first).toMatch(/anna|анна/i);
    const { access_token: other } = await client.connect({ account: await secondAccount() });
    expect(JSON.stringify((await client.whoAmI(other)).body)).toMatch(/john|ivan|иван/i);
  });

  async function secondAccount(): Promise<string> {
    const html = await (await fetch(client.authorizationUrl())).text();
    return [...html.matchAll(/name="account" value="([^"]+)"/g)][1]?.[1] ?? '';
  }

  it('takes a code once, within five minutes, for its redirect_uri and its verifier alone', async () => {
    const used = await client.authorize();
    expect((await client.exchange(used)).body).toHaveProperty('access_token');
    expect((await client.exchange(used)).body).toMatchObject({ error: 'invalid_grant' });

    const fresh = await client.authorize();
    clock.advance(299 * SEC);
    expect((await client.exchange(fresh)).body).toHaveProperty('access_token');
    const old = await client.authorize();
    clock.advance(300 * SEC);
    expect((await client.exchange(old)).body).toMatchObject({ error: 'invalid_grant' });

    const elsewhere = await client.exchange(await client.authorize(), { redirect_uri: `${REDIRECT_URI}2` });
    expect(elsewhere.body.error).toBe(api === 'google' ? 'redirect_uri_mismatch' : 'invalid_grant');
    const stolen = await client.exchange(await client.authorize(), { code_verifier: 'w'.repeat(43) });
    expect(stolen.body).toMatchObject({ error: 'invalid_grant' });
    const bare = await client.exchange(await client.authorize(), { code_verifier: '' });
    expect(bare.body).toMatchObject({ error: 'invalid_grant' });
  });

  it('lets an access token end by time and on demand, and refreshes it', async () => {
    const tokens = await client.connect();
    const isGood = async (token = ''): Promise<boolean> => {
      const { status, body } = await client.whoAmI(token);
      return status === 200 && !('error' in body);
    };
    clock.advance((ACCESS_SEC[api] - 1) * SEC);
    expect(await isGood(tokens.access_token)).toBe(true);
    clock.advance(SEC);
    expect(await isGood(tokens.access_token)).toBe(false);

    const { access_token: second } = (await client.refresh(tokens)).body as Record<string, string>;
    expect(await isGood(second)).toBe(true);
    expect(await test.control.expireTokens(api)).toBe(1);
    expect(await isGood(second)).toBe(false);
    expect(await isGood('ya29.unknown')).toBe(false);
    expect(await isGood('')).toBe(false);
    expect(await isGood(tokens.refresh_token)).toBe(false);
  });

  it('treats the old refresh token as its platform does', async () => {
    const tokens = await client.connect();
    const { body } = await client.refresh(tokens);
    const again = await client.refresh(tokens);
    if (api === 'vk' || api === 'zoom') {
      expect(body.refresh_token).not.toBe(tokens.refresh_token);
      expect(again.body).toMatchObject({ error: 'invalid_grant' });
      const next = { ...tokens, refresh_token: String(body.refresh_token) };
      expect((await client.refresh(next)).body).toHaveProperty('refresh_token');
    } else {
      expect(body.refresh_token).toBe(api === 'yandex' ? tokens.refresh_token : undefined);
      expect(again.body).toHaveProperty('access_token');
    }
  });

  it('ends all tokens of an account whose consent is taken back', async () => {
    const tokens = await client.connect();
    const other = await client.connect({ account: await secondAccount() });
    expect(await test.control.revokeTokens(api, 'nobody')).toBe(0);
    expect(await test.control.revokeTokens(api)).toBe(4);
    for (const { access_token: token, ...rest } of [tokens, other]) {
      expect(JSON.stringify((await client.whoAmI(token)).body)).not.toMatch(/anna|анна|john|иван/i);
      expect((await client.refresh(rest)).body).toMatchObject({ error: 'invalid_grant' });
    }
  });

  it('refuses other clients and grant types', async () => {
    const callback = await client.authorize();
    const wrong = { client_id: 'stranger', client_secret: 'wrong' };
    const headers: Record<string, string> =
      api === 'zoom' ? { authorization: `Basic ${Buffer.from('sandbox:wrong').toString('base64')}` } : {};
    const stranger = await client.token(
      { grant_type: 'authorization_code', code: callback.code ?? '', ...wrong },
      headers,
    );
    expect(stranger.body).toMatchObject({ error: 'invalid_client' });
    expect((await client.token({ grant_type: 'password' })).body).toMatchObject({ error: 'unsupported_grant_type' });
    expect((await client.token({})).body).toMatchObject({ error: 'invalid_request' });
    expect((await client.exchange(callback)).body).toHaveProperty('access_token');
  });

  it('does what it is told: each behaviour waits for the call that it is about', async () => {
    await script('unauthorized');
    await script('no_refresh_token');
    await script('deny');
    const denied = await client.authorize();
    expect(denied).toMatchObject({ error: 'access_denied', state: 'a state/&=' });
    expect(denied).not.toHaveProperty('code');
    const { access_token: token, refresh_token: none } = await client.connect();
    expect([typeof token, none]).toEqual(['string', undefined]);
    expect(JSON.stringify((await client.whoAmI(token)).body)).not.toMatch(/anna|анна/i);
    expect(JSON.stringify((await client.whoAmI(token)).body)).toMatch(/anna|анна/i);
  });

  it('refuses codes and refresh tokens, and withholds scopes, when it is told to', async () => {
    const tokens = await client.connect();
    await script('invalid_grant', { times: 2 });
    expect((await client.refresh(tokens)).body).toMatchObject({ error: 'invalid_grant' });
    expect((await client.exchange(await client.authorize())).body).toMatchObject({ error: 'invalid_grant' });
    expect((await client.refresh(tokens)).body).toHaveProperty('access_token');

    const all = (tokens.scope ?? '').split(' ');
    await script('missing_scope');
    expect((await client.connect()).scope).toBe(all.slice(0, -1).join(' '));
    await script('missing_scope', { text: all[0] });
    expect((await client.connect()).scope).toBe(all.slice(1).join(' '));
  });

  it('can be down or talk nonsense, and loses no code by it', async () => {
    const callback = await client.authorize();
    await script('down');
    await script('malformed');
    const form = { grant_type: 'authorization_code' };
    await expect(client.token(form)).rejects.toThrow('JSON');
    await expect(client.token(form)).rejects.toThrow('JSON');
    const { body } = await client.exchange(callback);
    await script('down');
    await expect(client.whoAmI(String(body.access_token))).rejects.toThrow('JSON');
    await test.control.scriptApi({ api, behaviour: 'down' });
    expect((await fetch(client.authorizationUrl())).status).toBe(503);
  });

  it('writes down what it was asked without tokens, codes and secrets', async () => {
    const callback = await client.authorize();
    const tokens = (await client.exchange(callback)).body as Record<string, string>;
    await client.whoAmI(tokens.access_token);
    const refreshed = (await client.refresh({ ...callback, ...tokens })).body as Record<string, string>;
    const calls = await test.control.apiCalls({ api });
    expect(calls.map(({ method, status }) => `${method} ${status}`)).toHaveLength(5);
    const written = JSON.stringify(calls);
    const secrets = [callback.code, tokens.access_token, tokens.refresh_token, tokens.id_token, 'sandbox-secret'];
    secrets.push(refreshed.access_token, Buffer.from('sandbox:sandbox-secret').toString('base64'), 'v'.repeat(43));
    for (const secret of secrets) if (secret !== undefined) expect(written).not.toContain(secret);
    expect(calls[2]?.body).toMatchObject({
      grant_type: 'authorization_code',
      code: expect.stringContaining('••••') as string,
    });
  });
});
