import { OAuthClient } from '../../testing/oauth-client.js';
import { startTestSandbox, type TestSandbox } from '../../testing/test-sandbox.js';

describe('the stand-in of Dropbox', () => {
  let test: TestSandbox;
  let dropbox: OAuthClient;

  beforeAll(async () => {
    test = await startTestSandbox();
    dropbox = new OAuthClient('dropbox', test.sandbox.apis.dropbox ?? '');
  });
  beforeEach(() => test.control.post('/reset'));
  afterAll(() => test.stop());

  const currentAccount = (token: string, body?: string) =>
    fetch(`${dropbox.root}/2/users/get_current_account`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body,
    });

  it('gives a refresh token offline alone, and its account with both', async () => {
    const tokensWith = async (type: string) =>
      (await dropbox.exchange(await dropbox.authorize({}, { token_access_type: type }))).body;
    const online = await tokensWith('online');
    expect(online).toMatchObject({ uid: '900000001', account_id: expect.stringMatching(/^dbid:.{35}$/) as string });
    expect(online).not.toHaveProperty('refresh_token');
    expect(await tokensWith('offline')).toHaveProperty('refresh_token');
  });

  it('always grants what every client has', async () => {
    const { body } = await dropbox.exchange(await dropbox.authorize({}, { scope: 'files.content.read' }));
    expect(body.scope).toBe('account_info.read files.content.read');
  });

  it('wants no argument from those who ask who they are', async () => {
    const { access_token: token = '', account_id: id } = await dropbox.connect();
    for (const body of [undefined, 'null']) {
      const response = await currentAccount(token, body);
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({
        account_id: id,
        email: 'anna@example.com',
        name: { display_name: 'Anna Sandbox', abbreviated_name: 'AS' },
      });
    }
    const refused = await currentAccount(token, '{}');
    expect([refused.status, refused.headers.get('content-type')]).toEqual([400, 'text/plain; charset=utf-8']);
    expect(await refused.text()).toContain('expected null');
  });

  it('has a tag for every way in which a token can be wrong', async () => {
    const { access_token: token = '' } = await dropbox.connect();
    await test.control.scriptApi({ api: 'dropbox', behaviour: 'missing_scope', text: 'account_info.read', times: 1 });
    const { access_token: narrow = '' } = await dropbox.connect();
    const tagOf = async (used: string) => {
      const { status, body } = await dropbox.whoAmI(used);
      return [status, (body.error as { '.tag': string })['.tag']];
    };
    expect(await tagOf(narrow)).toEqual([401, 'missing_scope']);
    await test.control.expireTokens('dropbox');
    expect(await tagOf(token)).toEqual([401, 'expired_access_token']);
    expect(await tagOf('x')).toEqual([401, 'invalid_access_token']);
  });

  it('answers failures of its token endpoint with their statuses', async () => {
    const wrong = await dropbox.exchange({ code: 'x' }, { client_secret: 'wrong' });
    expect([wrong.status, wrong.body.error]).toEqual([401, 'invalid_client']);
    expect((await dropbox.exchange({ code: 'x' })).status).toBe(400);
  });
});
