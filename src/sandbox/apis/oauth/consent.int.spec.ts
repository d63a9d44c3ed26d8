import { OAuthClient } from '../../testing/oauth-client.js';
import { startTestSandbox, type TestSandbox } from '../../testing/test-sandbox.js';

describe('the consent page', () => {
  let test: TestSandbox;
  let google: OAuthClient;
  let vk: OAuthClient;

  beforeAll(async () => {
    test = await startTestSandbox();
    google = new OAuthClient('google', test.sandbox.apis.google ?? '');
    vk = new OAuthClient('vk', test.sandbox.apis.vk ?? '');
  });
  beforeEach(() => test.control.post('/reset'));
  afterAll(() => test.stop());

  const open = async (url: string, headers: Record<string, string> = {}) => {
    const response = await fetch(url, { headers, redirect: 'manual' });
    return { status: response.status, headers: response.headers, html: await response.text() };
  };

  it('says whose stand-in it is, who asks, for what, and who may say yes', async () => {
    const { status, headers, html } = await open(google.authorizationUrl());
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    for (const words of ['Stand-in of Google', '“sandbox” at 127.0.0.1:3000', 'Upload videos to your channel']) {
      expect(html).toContain(words);
    }
    expect(html.match(/type="checkbox"/g)).toHaveLength(2);
    expect(html.match(/type="radio"/g)).toHaveLength(3);
    expect((await open(vk.authorizationUrl())).html).not.toContain('checkbox');
  });

  it.each([
    ['ru-RU,ru;q=0.9,en;q=0.8', 'ru', 'Разрешить'],
    ['en-GB,en;q=0.9,ru;q=0.8', 'en', 'Allow'],
    ['de', 'en', 'Allow'],
  ])('to a browser that wants %s speaks %s', async (wanted, language, button) => {
    const { html, headers } = await open(google.authorizationUrl(), { 'accept-language': wanted });
    expect(html).toContain(`<html lang="${language}">`);
    expect(html).toContain(`>${button}</button>`);
    expect(headers.get('vary')).toContain('accept-language');
  });

  it('runs nothing, neither of its own nor of what it was sent', async () => {
    const evil = `"><script>alert(1)</script>'&`;
    const { html, headers } = await open(google.authorizationUrl({ scope: evil, state: evil }));
    expect(html).not.toContain('<script');
    expect(html).toContain('&quot;&gt;&lt;script&gt;');
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/]+=*'/);
    expect((await open(google.authorizationUrl({ client_id: evil }))).html).not.toContain('<script');
    expect((await open(google.authorizationUrl({ redirect_uri: evil }))).html).not.toContain('<script');
  });

  it.each([
    [{ client_id: 'stranger' }, 'The client is not known here'],
    [{ redirect_uri: 'javascript:alert(1)' }, 'The redirect_uri is missing'],
  ])('keeps the browser here with %o', async (changes, words) => {
    for (const method of ['GET', 'POST']) {
      const response = await fetch(google.authorizationUrl(changes), { method, redirect: 'manual' });
      expect([response.status, response.headers.get('location')]).toEqual([400, null]);
      expect(await response.text()).toContain(words);
    }
    await expect(google.authorize({ account: 'stranger' })).rejects.toThrow('There is no such account');
  });

  it('sends other faults to the application, with its state', async () => {
    const state = 'a state/&=';
    expect(await google.authorize({}, { response_type: 'token' })).toMatchObject({
      error: 'unsupported_response_type',
      state,
    });
    expect(await google.authorize({}, { scope: '' })).toMatchObject({ error: 'invalid_request', state });
    expect(await vk.authorize({}, { code_challenge: '' })).toMatchObject({ error: 'invalid_request', state });
  });

  it('takes anything but a clear yes for a no', async () => {
    expect(await google.authorize({ decision: 'deny' })).toMatchObject({ error: 'access_denied', kept: '1' });
    const response = await fetch(google.authorizationUrl(), { method: 'POST', redirect: 'manual' });
    expect(response.headers.get('location')).toContain('error=access_denied');
  });
});
