import { createHash } from 'node:crypto';
import { accountsApi, codeOf, type AccountsApi, type Tokens } from '../testing/accounts-api.js';
import { User } from '../users/user.entity.js';
import { SessionRetention } from './session-retention.js';

const GRACE_MS = 30_000;
const DAY_MS = 86_400_000;

describe('refreshing a session', () => {
  let api: AccountsApi;
  beforeAll(async () => {
    api = await accountsApi();
  });
  afterAll(() => api.close());
  beforeEach(async () => {
    await api.reset();
    await api.makeAccount('ada@example.com');
  });

  const signIn = () => api.signIn('ada@example.com');
  const refreshed = async (token: string): Promise<Tokens> => {
    const response = await api.refresh(token);
    expect(response.status).toBe(200);
    return (await response.json()) as Tokens;
  };
  const refusalOf = async (token: string) => {
    const response = await api.refresh(token);
    expect(response.status).toBe(401);
    return codeOf(response);
  };
  const count = async (table: string) => (await api.database.query(`SELECT FROM ${table}`)).length;

  it('exchanges the token for new ones', async () => {
    const first = await signIn();
    const response = await api.refresh(first.refreshToken);
    const second = (await response.json()) as Tokens;
    expect(second).toEqual({
      accessToken: expect.any(String) as string,
      refreshToken: expect.stringMatching(/^[\w-]{43}$/) as string,
      tokenType: 'Bearer',
      expiresIn: 900,
    });
    expect(second.refreshToken).not.toBe(first.refreshToken);
    expect(await api.statusFor(second.accessToken)).toBe(200);
    const third = await refreshed(second.refreshToken);
    expect(await api.statusFor(third.accessToken)).toBe(200);
    expect(await count('sessions')).toBe(1);
  });

  it('stores no token, but its SHA-256', async () => {
    const { refreshToken } = await signIn();
    expect(await api.database.query('SELECT token_hash AS hash FROM refresh_tokens')).toEqual([
      { hash: createHash('sha256').update(refreshToken).digest('base64url') },
    ]);
  });

  it('keeps two tabs signed in that do it at once, or of which one did not hear the answer', async () => {
    const { refreshToken } = await signIn();
    const tabs = await Promise.all([refreshed(refreshToken), refreshed(refreshToken)]);
    api.clock.advance(GRACE_MS);
    tabs.push(await refreshed(refreshToken));
    expect(new Set(tabs.map((tab) => tab.refreshToken)).size).toBe(3);
    api.clock.advance(600_000);
    for (const tab of tabs) {
      const next = await refreshed(tab.refreshToken);
      expect(await api.statusFor(next.accessToken)).toBe(200);
    }
  });

  it('ends the family when an old token comes after the grace: thief and owner are both out', async () => {
    const stolen = await signIn();
    const other = await signIn();
    const owner = await refreshed(stolen.refreshToken);
    api.clock.advance(GRACE_MS + 1);
    expect(await refusalOf(stolen.refreshToken)).toBe('auth.refresh_reused');
    expect(await refusalOf(owner.refreshToken)).toBe('auth.refresh_reused');
    for (const { accessToken } of [stolen, owner]) expect(await api.statusFor(accessToken)).toBe(401);
    expect(await api.database.query('SELECT end_reason FROM sessions WHERE ended_at IS NOT NULL')).toEqual([
      { end_reason: 'reused' },
    ]);
    await refreshed(other.refreshToken);
  });

  it('makes one family that works of 100 parallel uses of one token', async () => {
    const { refreshToken } = await signIn();
    const answers = await Promise.all(Array.from({ length: 100 }, () => refreshed(refreshToken)));
    expect(new Set(answers.map((answer) => answer.refreshToken)).size).toBe(100);
    expect(await count('sessions')).toBe(1);
    expect(await api.database.query('SELECT FROM refresh_tokens WHERE used_at IS NOT NULL')).toHaveLength(1);
    api.clock.advance(GRACE_MS + 1);
    const next = await Promise.all(answers.map((answer) => refreshed(answer.refreshToken)));
    const statuses = await Promise.all(next.map(({ accessToken }) => api.statusFor(accessToken)));
    expect(new Set(statuses)).toEqual(new Set([200]));
  });

  it('is not counted as an attempt to sign in', async () => {
    let { refreshToken } = await signIn();
    for (let i = 0; i < 40; i++) ({ refreshToken } = await refreshed(refreshToken));
    for (let i = 0; i < 40; i++) await refusalOf('unknown');
    expect((await api.login('ada@example.com')).status).toBe(200);
  });

  it.each(['unknown', '', "' OR 1=1 --", 'x'.repeat(512)])('refuses %j', async (token) => {
    expect(await refusalOf(token)).toBe('auth.refresh_invalid');
  });

  it('refuses a token that is no text, or endless, and a request without any', async () => {
    for (const refreshToken of [1, {}, ['x'], 'x'.repeat(513), '\0']) {
      expect((await api.call('/api/v1/auth/refresh', { json: { refreshToken } })).status).toBe(400);
    }
    for (const json of [{}, { refreshToken: null }]) {
      const response = await api.call('/api/v1/auth/refresh', { json });
      expect(await codeOf(response)).toBe('auth.refresh_invalid');
    }
    const bare = await api.call('/api/v1/auth/refresh', { method: 'POST' });
    expect(await codeOf(bare)).toBe('auth.refresh_invalid');
  });

  it('is over for who was disabled, and after 30 days without a visit', async () => {
    const [idle, visited] = [await signIn(), await signIn()];
    api.clock.advance(29 * DAY_MS);
    const { refreshToken, accessToken } = await refreshed(visited.refreshToken);
    api.clock.advance(DAY_MS);
    expect(await refusalOf(idle.refreshToken)).toBe('auth.refresh_invalid');
    expect(await api.statusFor(idle.accessToken)).toBe(401);
    expect(await api.statusFor(accessToken)).toBe(200);
    await api.database.repository(User).update({ email: 'ada@example.com' }, { isActive: false });
    expect(await refusalOf(refreshToken)).toBe('auth.refresh_invalid');
  });

  it('gives the access token the role of today', async () => {
    const { refreshToken } = await signIn();
    await api.database.repository(User).update({ email: 'ada@example.com' }, { role: 'admin' });
    const { accessToken } = await refreshed(refreshToken);
    const profile = await api.call('/api/v1/users/me', { token: accessToken });
    expect(await profile.json()).toMatchObject({ role: 'admin' });
  });

  it('forgets sessions and tokens that have expired, however many, and no others', async () => {
    const retention = api.app.get(SessionRetention, { strict: false });
    const visited = await signIn();
    await api.database.query(
      `INSERT INTO sessions (user_id, kind, last_used_at, expires_at)
       SELECT id, 'token', $1, $1 FROM users, generate_series(1, 1500)`,
      [api.clock.now()],
    );
    await retention.sweep();
    expect([await count('sessions'), await count('refresh_tokens')]).toEqual([1, 1]);
    api.clock.advance(29 * DAY_MS);
    const { refreshToken } = await refreshed(visited.refreshToken);
    api.clock.advance(DAY_MS);
    await retention.sweep();
    expect([await count('sessions'), await count('refresh_tokens')]).toEqual([1, 1]);
    await refreshed(refreshToken);
  });
});
