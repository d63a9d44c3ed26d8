import { OAuthClient, reply, type Reply } from '../../testing/oauth-client.js';
import { startTestSandbox, type TestSandbox } from '../../testing/test-sandbox.js';

const SCOPE = 'https://www.googleapis.com/auth/';
const READONLY = `${SCOPE}youtube.readonly`;

describe('the stand-in of Google', () => {
  let test: TestSandbox;
  let google: OAuthClient;

  beforeAll(async () => {
    test = await startTestSandbox();
    google = new OAuthClient('google', test.sandbox.apis.google ?? '');
  });
  beforeEach(() => test.control.post('/reset'));
  afterAll(() => test.stop());

  const tokensWith = async (changes: Record<string, string>): Promise<Record<string, unknown>> =>
    (await google.exchange(await google.authorize({}, changes))).body;

  const get = (path: string, token = ''): Promise<Reply> =>
    reply(google.root + path, { headers: { authorization: `Bearer ${token}` } });

  const revoke = (token = ''): Promise<Reply> => reply(`${google.root}/revoke?token=${token}`, { method: 'POST' });

  it('gives a refresh token offline alone, and at the first consent or when consent is asked for', async () => {
    const has = async (changes: Record<string, string>): Promise<boolean> =>
      'refresh_token' in (await tokensWith({ prompt: '', ...changes }));
    expect(await has({ access_type: 'online' })).toBe(false);
    await test.control.post('/reset');
    expect(await has({})).toBe(true);
    expect(await has({})).toBe(false);
    expect(await has({ prompt: 'select_account consent' })).toBe(true);
    const { access_token: token } = await tokensWith({});
    expect(await revoke(String(token))).toEqual({ status: 200, body: {} });
    expect(await has({})).toBe(true);
  });

  it('revokes with either token all that an account has allowed', async () => {
    const [first, second] = [await google.connect(), await google.connect()];
    const others = await google.connect({ account: 'john' });
    expect((await revoke(second.refresh_token)).status).toBe(200);
    expect(await google.whoAmI(first.access_token)).toMatchObject({
      status: 401,
      body: { error: { errors: [{ reason: 'authError' }] } },
    });
    expect((await google.refresh(first)).status).toBe(400);
    expect((await google.whoAmI(others.access_token)).status).toBe(200);
    expect(await revoke(second.refresh_token)).toMatchObject({ status: 400, body: { error: 'invalid_token' } });
  });

  it('grants what stays ticked, and says so in the callback and with the tokens', async () => {
    const callback = await google.authorize({ scopes: [READONLY, `${SCOPE}drive`] });
    expect(callback.scope).toBe(READONLY);
    expect((await google.exchange(callback)).body.scope).toBe(READONLY);
  });

  it('shows the channel of an account in the parts that are asked for', async () => {
    const { access_token: token } = await google.connect();
    expect(await google.whoAmI(token)).toMatchObject({
      status: 200,
      body: {
        kind: 'youtube#channelListResponse',
        pageInfo: { totalResults: 1 },
        items: [{ snippet: { title: 'Anna’s channel' }, statistics: { videoCount: '37' } }],
      },
    });
    const idOnly = await get('/youtube/v3/channels?part=id&mine=true', token);
    expect(idOnly.body.items).toEqual([{ kind: 'youtube#channel', id: 'UCsandboxAnna00000000000' }]);
    expect((await get('/youtube/v3/channels?mine=true', token)).status).toBe(400);
    expect((await get('/youtube/v3/channels?part=id', token)).status).toBe(400);
  });

  it('has an account without a channel, and hides the others’ when it is told to', async () => {
    const { access_token: eva } = await google.connect({ account: 'eva' });
    expect((await google.whoAmI(eva)).body).toMatchObject({ pageInfo: { totalResults: 0 }, items: [] });
    const { access_token: anna } = await google.connect();
    await test.control.scriptApi({ api: 'google', behaviour: 'no_channel', times: 1 });
    await test.control.scriptApi({ api: 'google', behaviour: 'no_channel', how: 'absent', times: 1 });
    expect((await google.whoAmI(anna)).body.items).toEqual([]);
    expect((await google.whoAmI(anna)).body).not.toHaveProperty('items');
    expect((await google.whoAmI(anna)).body.items).toHaveLength(1);
  });

  it('wants a scope for each API', async () => {
    const about = '/drive/v3/about?fields=user';
    const { access_token: youtube } = await google.connect({ scopes: [`${SCOPE}youtube.upload`] });
    const lacking = { status: 403, body: { error: { errors: [{ reason: 'insufficientPermissions' }] } } };
    expect(await google.whoAmI(youtube)).toMatchObject(lacking);
    expect(await get(about, youtube)).toMatchObject(lacking);

    const { access_token: drive } = await tokensWith({ scope: `${SCOPE}drive.file` });
    expect(await get(about, String(drive))).toMatchObject({
      status: 200,
      body: { user: { emailAddress: 'anna@example.com', me: true }, storageQuota: { limit: '16106127360' } },
    });
    expect((await get('/drive/v3/about', String(drive))).status).toBe(400);
  });

  it('knows nothing of what others have handed out', async () => {
    const dropbox = new OAuthClient('dropbox', test.sandbox.apis.dropbox ?? '');
    const callback = await dropbox.authorize();
    expect((await google.exchange(callback)).body).toMatchObject({ error: 'invalid_grant' });
    const tokens = (await dropbox.exchange(callback)).body as Record<string, string>;
    expect((await google.whoAmI(tokens.access_token)).status).toBe(401);
    expect((await google.refresh(tokens)).body).toMatchObject({ error: 'invalid_grant' });
    expect(await test.control.revokeTokens('google')).toBe(0);
    expect((await dropbox.whoAmI(tokens.access_token)).status).toBe(200);
  });

  it('answers failures with the statuses of Google', async () => {
    const callback = await google.authorize();
    const wrong = await google.exchange(callback, { client_secret: 'wrong' });
    expect([wrong.status, wrong.body.error]).toEqual([401, 'invalid_client']);
    expect((await google.exchange({ code: 'x' })).status).toBe(400);
    expect((await google.exchange(callback)).status).toBe(200);
  });
});
