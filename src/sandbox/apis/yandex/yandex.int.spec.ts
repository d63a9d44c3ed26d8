import { OAuthClient, reply } from '../../testing/oauth-client.js';
import { startTestSandbox, type TestSandbox } from '../../testing/test-sandbox.js';

describe('the stand-in of Yandex', () => {
  let test: TestSandbox;
  let yandex: OAuthClient;

  beforeAll(async () => {
    test = await startTestSandbox();
    yandex = new OAuthClient('yandex', test.sandbox.apis.yandex ?? '');
  });
  beforeEach(() => test.control.post('/reset'));
  afterAll(() => test.stop());

  const disk = (authorization: string) => reply(`${yandex.root}/v1/disk`, { headers: { authorization } });

  it('tells whose Disk it is to a token in its own scheme alone', async () => {
    const { access_token: token = '' } = await yandex.connect();
    expect(await disk(`OAuth ${token}`)).toMatchObject({
      status: 200,
      body: { total_space: 10_737_418_240, user: { login: 'anna.sandbox', uid: '1130000000000001' } },
    });
    expect(await disk(`Bearer ${token}`)).toEqual({
      status: 401,
      body: { message: 'Не авторизован.', description: 'Unauthorized', error: 'UnauthorizedError' },
    });
  });

  it('wants a right on the Disk', async () => {
    const { body } = await yandex.exchange(await yandex.authorize({}, { scope: 'login:email' }));
    expect(await disk(`OAuth ${String(body.access_token)}`)).toMatchObject({
      status: 403,
      body: { error: 'ForbiddenError' },
    });
  });

  it('answers failures of its token endpoint with 400', async () => {
    expect(await yandex.exchange({ code: 'x' }, { client_secret: 'wrong' })).toMatchObject({
      status: 400,
      body: { error: 'invalid_client' },
    });
    expect((await yandex.exchange({ code: 'x' })).status).toBe(400);
  });
});
