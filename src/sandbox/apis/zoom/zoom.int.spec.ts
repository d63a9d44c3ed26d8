import { OAuthClient, reply } from '../../testing/oauth-client.js';
import { startTestSandbox, type TestSandbox } from '../../testing/test-sandbox.js';

describe('the stand-in of Zoom', () => {
  let test: TestSandbox;
  let zoom: OAuthClient;

  beforeAll(async () => {
    test = await startTestSandbox();
    zoom = new OAuthClient('zoom', test.sandbox.apis.zoom ?? '');
  });
  beforeEach(() => test.control.post('/reset'));
  afterAll(() => test.stop());

  it('gives servers a token for an account, without a refresh token', async () => {
    const form = { grant_type: 'account_credentials', account_id: 'my-account' };
    const { status, body } = await zoom.token(form);
    expect(status).toBe(200);
    expect(body).toEqual({
      access_token: expect.any(String) as string,
      token_type: 'bearer',
      expires_in: 3600,
      scope: 'recording:read:admin recording:write:admin user:read:admin',
      api_url: zoom.root,
    });
    const second = await zoom.token(form);
    for (const token of [body.access_token, second.body.access_token]) {
      expect(await zoom.whoAmI(String(token))).toMatchObject({
        status: 200,
        body: { email: 'owner@example.com', account_id: 'my-account' },
      });
    }
    expect(await zoom.token({ grant_type: 'account_credentials' })).toMatchObject({
      status: 400,
      body: { error: 'invalid_request', reason: 'Bad Request' },
    });
    const inQuery = new URLSearchParams(form).toString();
    const authorization = `Basic ${Buffer.from('sandbox:sandbox-secret').toString('base64')}`;
    const asked = await reply(`${zoom.root}/oauth/token?${inQuery}`, { method: 'POST', headers: { authorization } });
    expect(asked.body).toHaveProperty('access_token');
  });

  it('knows clients by the header alone', async () => {
    const secret = { client_id: 'sandbox', client_secret: 'sandbox-secret' };
    const form = { grant_type: 'account_credentials', account_id: 'a', ...secret };
    expect(await zoom.token(form, { authorization: '' })).toEqual({
      status: 401,
      body: { reason: 'Invalid client_id or client_secret', error: 'invalid_client', code: 4702 },
    });
  });

  it('ends the earlier tokens of a user who allows again', async () => {
    const first = await zoom.connect();
    const second = await zoom.connect();
    expect(await zoom.whoAmI(first.access_token)).toMatchObject({ status: 401, body: { code: 124 } });
    expect(await zoom.refresh(first)).toMatchObject({ status: 400, body: { error: 'invalid_grant', code: 4711 } });
    expect((await zoom.whoAmI(second.access_token)).status).toBe(200);
  });

  it('tells why it refuses', async () => {
    const { access_token: token } = await zoom.connect();
    expect(await zoom.whoAmI('x')).toEqual({ status: 401, body: { code: 124, message: 'Invalid access token.' } });
    await test.control.expireTokens('zoom');
    expect((await zoom.whoAmI(token)).body).toEqual({ code: 124, message: 'Access token is expired.' });
    const moved = await zoom.exchange(await zoom.authorize(), { redirect_uri: 'https://elsewhere.example/' });
    expect(moved).toMatchObject({ status: 400, body: { code: 4709, reason: 'Redirect URI mismatch' } });
    await test.control.scriptApi({ api: 'zoom', behaviour: 'missing_scope', times: 1 });
    const { access_token: narrow } = await zoom.connect();
    expect(await zoom.whoAmI(narrow)).toMatchObject({ status: 400, body: { code: 4711 } });
  });
});
