import { accountsApi, codeOf, PASSWORD, type AccountsApi, type Tokens } from '../testing/accounts-api.js';

const ATTRIBUTES = 'Max-Age=2592000; Path=/api/v1/auth; Expires=*; HttpOnly; SameSite=Strict';
const CLEARED = 'nexus_refresh=; Path=/api/v1/auth; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; SameSite=Strict';

describe('a session in a cookie', () => {
  let api: AccountsApi;
  beforeAll(async () => {
    api = await accountsApi({ PUBLIC_BASE_URL: 'http://panel.example.com' });
  });
  afterAll(() => api.close());
  beforeEach(async () => {
    await api.reset();
    await api.makeAccount('ada@example.com');
  });

  const json = { email: 'ada@example.com', password: PASSWORD, session: 'cookie' };
  const open = (headers = {}) => api.call('/api/v1/auth/login', { json, headers });
  const post = (path: string, headers: Record<string, string>, body?: object) =>
    api.call(`/api/v1/auth/${path}`, { method: 'POST', headers, json: body });
  const setCookie = (response: Response) => response.headers.getSetCookie();
  /** As a browser would send it back. */
  const cookieOf = (response: Response) => setCookie(response)[0]?.split(';')[0] ?? '';
  const refresh = (cookie: string, headers = {}) => post('refresh', { cookie: `a=b; ${cookie}; c=d`, ...headers });

  it('is kept from scripts and from other sites, and its token from the answer', async () => {
    const response = await open();
    expect(await response.json()).toEqual({
      accessToken: expect.any(String) as string,
      tokenType: 'Bearer',
      expiresIn: 900,
      user: expect.objectContaining({ email: 'ada@example.com' }) as object,
    });
    const [cookie = '', ...more] = setCookie(response);
    expect(more).toEqual([]);
    expect(cookie.replace(/^nexus_refresh=[\w-]{43}; /, '').replace(/Expires=[^;]+/, 'Expires=*')).toBe(ATTRIBUTES);
  });

  it('is refreshed by its cookie, and the answer sets the next one', async () => {
    const first = cookieOf(await open());
    const response = await refresh(first);
    expect(response.status).toBe(200);
    const tokens = (await response.json()) as Tokens;
    expect(tokens).toEqual({ accessToken: expect.any(String) as string, tokenType: 'Bearer', expiresIn: 900 });
    expect(await api.statusFor(tokens.accessToken)).toBe(200);
    expect(cookieOf(response)).not.toBe(first);
    expect((await refresh(cookieOf(response))).status).toBe(200);
  });

  it('keeps two tabs signed in that refresh at once', async () => {
    const cookie = cookieOf(await open());
    const tabs = await Promise.all([refresh(cookie), refresh(cookie)]);
    for (const tab of tabs) {
      expect(tab.status).toBe(200);
      expect((await refresh(cookieOf(tab))).status).toBe(200);
    }
  });

  it('goes on by its cookie alone, as one without a cookie goes on without', async () => {
    const inCookie = cookieOf(await open()).replace('nexus_refresh=', '');
    const inBody = (await api.signIn('ada@example.com')).refreshToken;
    expect((await api.refresh(inCookie)).status).toBe(401);
    expect((await refresh(`nexus_refresh=${inBody}`)).status).toBe(401);
    expect((await refresh(`nexus_refresh=${inCookie}`)).status).toBe(200);
    expect((await api.refresh(inBody)).status).toBe(200);
  });

  it.each(['nexus_refresh=unknown', 'nexus_refresh=', 'nexus_refresh', 'other=1', 'nexus_refresh="a;b'])(
    'clears the cookie when it is %s',
    async (cookie) => {
      const response = await refresh(cookie);
      expect(response.status).toBe(401);
      expect(setCookie(response)).toEqual([CLEARED]);
      expect(await codeOf(response)).toBe('auth.refresh_invalid');
    },
  );

  it('clears no cookie for what came in a body', async () => {
    const { headers } = await api.refresh('unknown');
    expect(headers.getSetCookie()).toEqual([]);
  });

  it.each(['http://evil.example.com', 'http://127.0.0.1:1', 'https://panel.example.com', 'null', 'nonsense'])(
    'does nothing for a page of %s',
    async (origin) => {
      const cookie = cookieOf(await open());
      const refused = await refresh(cookie, { origin });
      expect(refused.status).toBe(403);
      expect(setCookie(refused)).toEqual([]);
      expect(await codeOf(refused)).toBe('auth.foreign_origin');
      expect((await post('logout', { cookie, origin })).status).toBe(204);
      expect((await open({ origin })).status).toBe(403);
      expect((await refresh(cookie)).status).toBe(200);
    },
  );

  it('serves its own pages, by the name it was called by or the public one', async () => {
    const own = new URL((await api.app.getUrl()).replace('[::1]', '127.0.0.1')).origin;
    for (const origin of [own, 'http://panel.example.com']) {
      const cookie = cookieOf(await open({ origin }));
      expect((await refresh(cookie, { origin })).status).toBe(200);
    }
  });

  it('is ended by its cookie, or with all others, and the cookie is cleared', async () => {
    for (const path of ['logout', 'logout-all']) {
      const opened = await open();
      const { accessToken } = (await opened.json()) as Tokens;
      const ended = await post(path, { cookie: cookieOf(opened), authorization: `Bearer ${accessToken}` });
      expect(ended.status).toBe(204);
      expect(setCookie(ended)).toEqual([CLEARED]);
      expect((await refresh(cookieOf(opened))).status).toBe(401);
      expect(await api.statusFor(accessToken)).toBe(401);
    }
  });

  // Last: of two applications in a process the younger one's gate knows all callers.
  it('is for encrypted connections alone where the service is reached by one', async () => {
    const reached: Record<string, string>[] = [{ PUBLIC_BASE_URL: 'https://panel.example.com' }, { TRUST_PROXY: 'on' }];
    for (const env of reached) {
      const secure = await accountsApi(env);
      const headers = { 'x-forwarded-proto': 'https' };
      const response = await secure.call('/api/v1/auth/register', { json, headers });
      expect(response.status).toBe(201);
      expect(cookieOf(response)).toMatch(/^nexus_refresh=[\w-]{43}$/);
      expect(setCookie(response)[0]).toContain('; Secure');
      await secure.close();
    }
  });
});
