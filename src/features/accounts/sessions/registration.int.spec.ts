import { User } from '../users/user.entity.js';
import { accountsApi, codeOf, PASSWORD, type AccountsApi } from '../testing/accounts-api.js';

describe('registration', () => {
  let api: AccountsApi;
  beforeAll(async () => {
    api = await accountsApi({ QUOTA_STORAGE_GB: '1.5', QUOTA_CONCURRENT_TASKS: '7' });
  });
  afterAll(() => api.close());
  beforeEach(() => api.reset());

  const register = (email: unknown, rest: object = {}) =>
    api.call('/api/v1/auth/register', { json: { email, password: PASSWORD, ...rest } });

  it('makes an account with permissions, quotas and settings, and signs in to it', async () => {
    const response = await register('Ada@example.com');
    expect(response.status).toBe(201);
    const signedIn = (await response.json()) as { accessToken: string };
    expect(signedIn).toEqual({
      accessToken: expect.any(String) as string,
      refreshToken: expect.stringMatching(/^[\w-]{43}$/) as string,
      tokenType: 'Bearer',
      expiresIn: 900,
      user: { id: expect.any(String) as string, email: 'Ada@example.com', role: 'user' },
    });
    const profile = await api.call('/api/v1/users/me', { token: signedIn.accessToken });
    expect(await profile.json()).toMatchObject({
      email: 'Ada@example.com',
      permissions: { canTranscribe: true, canUpload: true, canDeleteRecordings: true },
      quotas: {
        maxRecordingsPerMonth: 100,
        maxStorageBytes: 1.5 * 2 ** 30,
        maxConcurrentTasks: 7,
        maxAutomationJobs: 5,
        minAutomationIntervalHours: 1,
      },
    });
    expect(await api.database.query('SELECT FROM user_configs')).toHaveLength(1);
  });

  it('makes one account of two that come at once with one e-mail', async () => {
    const answers = await Promise.all([register('twin@example.com'), register('TWIN@example.com')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    const refused = answers.find(({ status }) => status === 409);
    expect(refused && (await codeOf(refused))).toBe('auth.email_taken');
    expect(await api.database.repository(User).count()).toBe(1);
  });

  it('leaves nothing of an account that could not be made as a whole', async () => {
    await api.database.query('ALTER TABLE refresh_tokens RENAME TO away');
    expect((await register('half@example.com')).status).toBe(500);
    await api.database.query('ALTER TABLE away RENAME TO refresh_tokens');
    expect(await api.database.repository(User).count()).toBe(0);
    expect((await register('half@example.com')).status).toBe(201);
  });

  it.each([
    ['no e-mail', { email: 'nobody' }],
    ['an e-mail that is too long', { email: `${'a'.repeat(60)}@${'b'.repeat(60)}.${'c'.repeat(130)}.com` }],
    ['an e-mail with a zero byte', { email: 'a\0b@example.com' }],
    ['a short password', { password: 'too short' }],
    ['a long password', { password: 'x'.repeat(129) }],
    ['a password that is none', { password: 1234567890 }],
    ['an unknown kind of session', { session: 'eternal' }],
    ['a role', { role: 'admin' }],
  ])('refuses %s', async (_, fields) => {
    expect((await register('ok@example.com', fields)).status).toBe(400);
  });

  it('takes thirty a minute from an address', async () => {
    const statuses: number[] = [];
    await api.makeAccount('taken@example.com');
    for (let i = 0; i < 31; i++) statuses.push((await register('taken@example.com')).status);
    expect(statuses).toEqual([...Array.from({ length: 30 }, () => 409), 429]);
    expect(await codeOf(await register('other@example.com'))).toBe('auth.too_many_attempts');
    api.clock.advance(2_000);
    expect((await register('other@example.com')).status).toBe(201);
  });

  it('is closed where the operator makes the accounts', async () => {
    const closed = await accountsApi({ REGISTRATION: 'closed' });
    const response = await closed.call('/api/v1/auth/register', { json: { email: 'a@b.co', password: PASSWORD } });
    expect(response.status).toBe(403);
    expect(await codeOf(response)).toBe('auth.registration_closed');
    await closed.close();
  });
});
