import { maskSecrets } from './mask-secrets.js';

const masked = (record: object) => JSON.parse(maskSecrets(JSON.stringify(record))) as unknown;

describe('maskSecrets', () => {
  it('hides secret fields at any depth, whatever their value holds, and leaves valid JSON', () => {
    const record = {
      password: 'quote " and backslash \\',
      err: { config: { headers: { authorization: 'Bearer abc', 'set-cookie': ['a=1', 'b=2'], cookie: 'c=3' } } },
      provider: { apiKey: 'k', api_key: 'k', accessToken: 't', clientSecret: 's', name: 'kie' },
    };
    expect(masked(record)).toEqual({
      password: '••••',
      err: { config: { headers: { authorization: '••••', 'set-cookie': '••••', cookie: '••••' } } },
      provider: { apiKey: '••••', api_key: '••••', accessToken: '••••', clientSecret: '••••', name: 'kie' },
    });
  });

  it('leaves what only sounds secret', () => {
    const record = { inputTokens: 12, tokens: 'a b', keyMasked: '••••abcd', tokenType: 'Bearer' };
    expect(masked(record)).toEqual(record);
  });

  it('hides the token of a bot in URLs, also of files and inside messages', () => {
    const msg = 'POST https://api.telegram.org/bot123:AAb-c_d/sendMessage, GET http://h/file/bot9:ZZ/photos/1.jpg';
    expect(masked({ msg })).toEqual({
      msg: 'POST https://api.telegram.org/bot123:••••/sendMessage, GET http://h/file/bot9:••••/photos/1.jpg',
    });
  });

  it('hides secrets in query strings and leaves the other parameters', () => {
    expect(masked({ url: '/oauth/vk/callback?code=abc&page=2&state=xyz', next: 'a?refresh_token=1 b' })).toEqual({
      url: '/oauth/vk/callback?code=••••&page=2&state=••••',
      next: 'a?refresh_token=•••• b',
    });
  });

  it('hides signed links', () => {
    expect(masked({ url: '/api/v1/files/eyJ0.aB-c_d', msg: 'GET /api/v1/files/x.y failed' })).toEqual({
      url: '/api/v1/files/••••',
      msg: 'GET /api/v1/files/•••• failed',
    });
  });

  it('hides tokens in paths, and leaves what they are for', () => {
    const token = `${'aB3-_'.repeat(8)}xyz`;
    expect(
      masked({
        photo: `https://h/api/v1/generation/photos/${token}.1767225600.0f8fad5b.png?a=1`,
        callback: `/api/v1/generation/kie/callback/0f8fad5b.2.${token}`,
        msg: `POST /callback/0f8fad5b.2.${token} 404, GET /photos/${token}/x`,
      }),
    ).toEqual({
      photo: 'https://h/api/v1/generation/photos/••••.1767225600.0f8fad5b.png?a=1',
      callback: '/api/v1/generation/kie/callback/0f8fad5b.2.••••',
      msg: 'POST /callback/0f8fad5b.2.•••• 404, GET /photos/••••/x',
    });
  });

  it('leaves names in paths that are no tokens', () => {
    const record = { url: `/recordings/${'a'.repeat(42)}/${'b'.repeat(44)}.mp4`, version: '1.2.3' };
    expect(masked(record)).toEqual(record);
  });
});
