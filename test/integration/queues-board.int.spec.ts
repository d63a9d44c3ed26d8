import type { Nexus } from '../../src/nexus.js';
import { testNexus } from '../support/nexus.js';

interface SignedIn {
  accessToken: string;
  refreshToken: string;
}

describe('the dashboard of the queues', () => {
  let nexus: Nexus;
  beforeAll(async () => {
    nexus = await testNexus();
  });
  afterAll(() => nexus.close());

  const post = (path: string, body: object, token?: string) =>
    fetch(`${nexus.url}/api/v1/auth/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token ?? ''}` },
      body: JSON.stringify(body),
    });
  const board = (cookie: string, path = '', init: { method?: string; headers?: Record<string, string> } = {}) =>
    fetch(`${nexus.url}/queues${path}`, { ...init, headers: { ...init.headers, cookie } });

  async function signIn(): Promise<SignedIn> {
    const { email, password } = nexus.admin;
    return (await (await post('login', { email, password })).json()) as SignedIn;
  }

  async function open(): Promise<{ cookie: string; session: SignedIn }> {
    const session = await signIn();
    const response = await post('panel-session', {}, session.accessToken);
    return { session, cookie: response.headers.get('set-cookie')?.split(';')[0] ?? '' };
  }

  it('is closed to everybody else, in his language', async () => {
    const { accessToken } = await signIn();
    for (const cookie of ['', 'nexus_panel=', 'nexus_panel=x', `nexus_panel=${accessToken}`]) {
      for (const path of ['', '/', '/api/queues', '/static/favicon.ico', '/queue/downloads.run']) {
        expect((await board(cookie, path)).status).toBe(401);
      }
    }
    const russian = await board('', '', { headers: { 'accept-language': 'ru-RU,ru;q=0.9,en;q=0.8' } });
    expect(await russian.text()).toContain('Очереди заданий закрыты');
  });

  it('shows admins every queue', async () => {
    const { cookie } = await open();
    const page = await board(cookie);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<base href="/queues/" />');
    const { queues } = (await (await board(cookie, '/api/queues')).json()) as { queues: { name: string }[] };
    expect(queues.map(({ name }) => name)).toContain('downloads.run');
  });

  it('is opened by no account of a user', async () => {
    const email = `${crypto.randomUUID()}@example.com`;
    const { accessToken } = (await (await post('register', { email, password: 'long enough' })).json()) as SignedIn;
    const response = await post('panel-session', {}, accessToken);
    expect([response.status, response.headers.get('set-cookie')]).toEqual([403, null]);
  });

  it('lets its own page alone change something', async () => {
    const { cookie } = await open();
    const pause = async (headers: Record<string, string>) =>
      (await board(cookie, '/api/queues/downloads.run/resume', { method: 'PUT', headers })).status;
    expect(await pause({})).toBe(403);
    expect(await pause({ origin: 'https://elsewhere.example' })).toBe(403);
    expect(await pause({ origin: 'null' })).toBe(403);
    expect(await pause({ origin: `${nexus.url}0` })).toBe(403);
    expect(await pause({ origin: nexus.url })).toBe(200);
  });

  it('closes when its admin signs out', async () => {
    const { cookie, session } = await open();
    expect((await board(cookie)).status).toBe(200);
    expect((await post('logout', { refreshToken: session.refreshToken })).status).toBe(204);
    expect((await board(cookie)).status).toBe(401);
  });
});
