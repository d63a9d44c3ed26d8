import { Global, Module } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { testStores, type TestStores } from '../../../../test/support/stores.js';
import { Clock } from '../../clock/clock.js';
import { ManualClock } from '../../clock/testing/manual-clock.js';
import { startApi, type TestApi } from '../../http-server/testing/start-api.js';
import { AccessTokens } from '../access-tokens.js';
import { LiveSessions } from '../live-sessions.js';
import type { Account, UserRole } from '../principal.js';
import { PanelSessions } from './panel-sessions.js';

const accounts = new Map<string, Account>();

@Global()
@Module({
  providers: [{ provide: LiveSessions, useValue: { accountOf: (id: string) => Promise.resolve(accounts.get(id)) } }],
  exports: [LiveSessions],
})
class FakeSessionsModule {}

describe('POST /auth/panel-session', () => {
  const clock = new ManualClock(Date.now());
  let stores: TestStores;
  let api: TestApi;

  beforeAll(async () => {
    stores = await testStores();
    api = await startApi({ stores, imports: [FakeSessionsModule], replace: [[Clock, clock]] });
  });
  afterAll(async () => {
    await api.close();
    await stores.close();
  });
  beforeEach(() => {
    accounts.clear();
  });

  async function signIn(role: UserRole): Promise<{ account: Account; sid: string; bearer: string }> {
    const account = { id: crypto.randomUUID(), email: 'ada@example.com', role };
    const sid = crypto.randomUUID();
    accounts.set(sid, account);
    return { account, sid, bearer: (await api.app.get(AccessTokens).issue(account, sid)).token };
  }
  const open = (token?: string) => api.call('/api/v1/auth/panel-session', { method: 'POST', token });

  async function cookieOfAdmin() {
    const admin = await signIn('admin');
    const response = await open(admin.bearer);
    const cookie = response.headers.get('set-cookie') ?? '';
    return { ...admin, response, cookie, token: /^nexus_panel=([^;]+)/.exec(cookie)?.[1] ?? '' };
  }
  const adminOf = (token: string) => api.app.get(PanelSessions).adminOf(token);

  it('gives admins a cookie for /queues that scripts cannot read', async () => {
    const { account, response, cookie, token } = await cookieOfAdmin();
    expect(response.status).toBe(204);
    expect(cookie).toMatch(/; Max-Age=600; Path=\/queues; .*HttpOnly; SameSite=Strict$/);
    expect(await adminOf(token)).toMatchObject(account);
  });

  it('is for admins alone', async () => {
    expect((await open()).status).toBe(401);
    expect((await open((await signIn('user')).bearer)).status).toBe(403);
  });

  it('sends the cookie over TLS alone where there is TLS', async () => {
    const env = { PUBLIC_BASE_URL: 'https://nexus.example' };
    const secure = await startApi({ stores, imports: [FakeSessionsModule], env });
    const token = (await signIn('admin')).bearer;
    const response = await secure.call('/api/v1/auth/panel-session', { method: 'POST', token });
    await secure.close();
    expect(response.headers.get('set-cookie')).toContain('; Secure');
  });

  it('ends after ten minutes', async () => {
    const { token } = await cookieOfAdmin();
    clock.advance(599_000);
    expect(await adminOf(token)).toBeDefined();
    clock.advance(1_000);
    expect(await adminOf(token)).toBeUndefined();
  });

  it('ends with the session behind it, and with the role', async () => {
    const { sid, account, token } = await cookieOfAdmin();
    accounts.set(sid, { ...account, role: 'user' });
    expect(await adminOf(token)).toBeUndefined();
    accounts.set(sid, account);
    expect(await adminOf(token)).toBeDefined();
    accounts.delete(sid);
    expect(await adminOf(token)).toBeUndefined();
  });

  it('is no access token, and no access token is one of it', async () => {
    const { bearer, token, account, sid } = await cookieOfAdmin();
    expect(await api.app.get(AccessTokens).verify(token)).toBeUndefined();
    expect((await open(token)).status).toBe(401);
    expect(await adminOf(bearer)).toBeUndefined();
    const jwt = api.app.get(JwtService, { strict: false });
    const claims = { sub: account.id, email: account.email, role: 'admin', sid };
    for (const options of [{ audience: 'panel' }, { secret: 'another' }, { secret: 'another', audience: 'panel' }]) {
      expect(await adminOf(jwt.sign(claims, { expiresIn: 60, ...options }))).toBeUndefined();
    }
    const [head = '', body = ''] = token.split('.');
    for (const bad of ['', 'x', `${head}.${body}.`, token.slice(0, -2)]) expect(await adminOf(bad)).toBeUndefined();
  });
});
