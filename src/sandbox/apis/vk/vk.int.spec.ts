import { OAuthClient, reply, type Reply } from '../../testing/oauth-client.js';
import { startTestSandbox, type TestSandbox } from '../../testing/test-sandbox.js';

describe('the stand-in of VK', () => {
  let test: TestSandbox;
  let vk: OAuthClient;

  beforeAll(async () => {
    test = await startTestSandbox();
    vk = new OAuthClient('vk', test.sandbox.apis.vk ?? '');
  });
  beforeEach(() => test.control.post('/reset'));
  afterAll(() => test.stop());

  const post = (path: string, form: Record<string, string | undefined>): Promise<Reply> =>
    reply(vk.root + path, { method: 'POST', body: new URLSearchParams(form as Record<string, string>) });

  it('brings a device back, and binds the tokens to it', async () => {
    const callback = await vk.authorize();
    expect(callback).toMatchObject({ type: 'code_v2', device_id: expect.stringMatching(/^[\w-]{36}$/) as string });
    const forgotten = await vk.exchange(await vk.authorize(), { device_id: '' });
    expect(forgotten).toMatchObject({ status: 200, body: { error: 'invalid_request', state: 'again' } });
    const other = await vk.exchange(await vk.authorize(), { device_id: callback.device_id ?? '' });
    expect(other).toMatchObject({ status: 200, body: { error: 'invalid_grant' } });

    const tokens = { ...callback, ...((await vk.exchange(callback)).body as Record<string, string>) };
    expect(tokens).toMatchObject({ state: 'again', user_id: 700000001, id_token: expect.any(String) as string });
    expect((await vk.refresh(tokens, { device_id: 'other' })).body).toMatchObject({ error: 'invalid_grant' });
    expect((await vk.refresh(tokens, { device_id: '' })).body).toMatchObject({ error: 'invalid_request' });
    expect((await vk.refresh(tokens, { state: 'second' })).body).toMatchObject({ state: 'second', user_id: 700000001 });
  });

  it('takes all but the code in the query, as its SDK sends it', async () => {
    const { code = '', device_id = '' } = await vk.authorize({}, { redirect_uri: 'https://app.example/back' });
    const query = new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'sandbox',
      code_verifier: 'v'.repeat(43),
      redirect_uri: 'https://app.example/back',
      device_id,
    });
    const { body } = await post(`/oauth2/auth?${query.toString()}`, { code });
    expect(body).toHaveProperty('access_token');
    expect(body).not.toHaveProperty('state');
  });

  it('answers all its errors with 200', async () => {
    const { access_token: token } = await vk.connect();
    const usersGet = (form: Record<string, string | undefined>) => post('/method/users.get', form);
    expect(await usersGet({ access_token: token, v: '5.199' })).toEqual({
      status: 200,
      body: {
        response: [
          { id: 700000001, first_name: 'Анна', last_name: 'Песочникова', can_access_closed: true, is_closed: false },
        ],
      },
    });
    expect(await usersGet({ access_token: token })).toMatchObject({ status: 200, body: { error: { error_code: 8 } } });
    const unknown = await usersGet({ access_token: 'unknown', v: '5.199' });
    expect(unknown).toMatchObject({ status: 200, body: { error: { error_code: 5 } } });
    expect(JSON.stringify(unknown)).not.toContain('unknown');
    await test.control.expireTokens('vk');
    expect((await usersGet({ access_token: token, v: '5.199' })).body).toMatchObject({
      error: { error_code: 5, error_msg: 'User authorization failed: access_token has expired.' },
    });
  });

  it('tells VK ID’s own clients who somebody is', async () => {
    const { access_token: token } = await vk.connect();
    const userInfo = (form: Record<string, string | undefined>) => post('/oauth2/user_info', form);
    expect((await userInfo({ client_id: 'sandbox', access_token: token })).body).toMatchObject({
      user: { user_id: '700000001', first_name: 'Анна', last_name: 'Песочникова' },
    });
    expect((await userInfo({ access_token: token })).body).toMatchObject({ error: 'invalid_client' });
    expect(await userInfo({ client_id: 'sandbox', access_token: 'x' })).toMatchObject({
      status: 200,
      body: { error: 'invalid_token' },
    });
  });
});
