import { accountsApi, codeOf, PASSWORD, type AccountsApi, type Tokens } from '../../testing/accounts-api.js';
import { Quotas } from '../../limits/quotas.js';
import { User } from '../user.entity.js';

const NEXT = 'staple battery horse';

describe('the own account', () => {
  let api: AccountsApi;
  let account: User;
  let token: string;
  beforeAll(async () => {
    api = await accountsApi();
  });
  afterAll(() => api.close());
  beforeEach(async () => {
    await api.reset();
    account = await api.makeAccount('ada@example.com');
    token = (await api.signIn('ada@example.com')).accessToken;
  });

  const patch = (json: unknown) => api.call('/api/v1/users/me', { method: 'PATCH', json, token });
  const changePassword = (currentPassword: string, newPassword = NEXT) =>
    api.call('/api/v1/users/me/password', { json: { currentPassword, newPassword }, token });

  it('is told with what it may do, has and uses', async () => {
    await api.app.get(Quotas, { strict: false }).claim(account.id, 'storage', 1_000);
    const response = await api.call('/api/v1/users/me', { token });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      id: account.id,
      email: 'ada@example.com',
      name: 'Ada',
      role: 'user',
      isActive: true,
      language: 'en',
      timezone: 'UTC',
      permissions: { canTranscribe: true, canUpload: true, canDeleteRecordings: true },
      quotas: {
        maxRecordingsPerMonth: 100,
        maxStorageBytes: 50 * 2 ** 30,
        maxConcurrentTasks: 3,
        maxAutomationJobs: 5,
        minAutomationIntervalHours: 1,
      },
      usage: { recordingsThisMonth: 0, storageBytes: 1_000, runningTasks: 0, automationJobs: 0 },
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
    });
  });

  it('changes by what is sent, and by nothing else', async () => {
    const response = await patch({ name: 'Ада', language: 'ru' });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ name: 'Ада', language: 'ru', timezone: 'UTC' });
    expect(await (await patch({ timezone: 'Europe/Moscow' })).json()).toMatchObject({
      name: 'Ада',
      language: 'ru',
      timezone: 'Europe/Moscow',
    });
    expect(await (await patch({ name: '' })).json()).toMatchObject({ name: '', language: 'ru' });
    expect((await patch({})).status).toBe(200);
  });

  it('loses no change of two that come at once', async () => {
    for (let i = 0; i < 10; i++) {
      await Promise.all([patch({ name: `Ada ${i}` }), patch({ timezone: i % 2 ? 'Asia/Tokyo' : 'UTC' })]);
      const profile = await (await api.call('/api/v1/users/me', { token })).json();
      expect(profile).toMatchObject({ name: `Ada ${i}`, timezone: i % 2 ? 'Asia/Tokyo' : 'UTC' });
    }
  });

  it.each([
    { name: 'x'.repeat(101) },
    { name: 'a\0b' },
    { name: null },
    { name: 7 },
    { language: 'de' },
    { language: null },
    { timezone: 'Mars/Olympus' },
    { timezone: '' },
    { timezone: '+03:00' },
    { timezone: null },
    { timezone: ['UTC'] },
    { role: 'admin' },
    { email: 'other@example.com' },
    { isActive: true },
    { quotas: { maxConcurrentTasks: 1_000 } },
  ])('refuses %j', async (json) => {
    expect((await patch(json)).status).toBe(400);
  });

  it('takes a new password for the old one, and ends all sessions', async () => {
    const other = await api.signIn('ada@example.com');
    const inGrace = (await (await api.refresh(other.refreshToken)).json()) as Tokens;
    expect((await changePassword(PASSWORD)).status).toBe(204);
    for (const gone of [token, other.accessToken, inGrace.accessToken]) expect(await api.statusFor(gone)).toBe(401);
    for (const { refreshToken } of [other, inGrace]) expect((await api.refresh(refreshToken)).status).toBe(401);
    expect((await api.login('ada@example.com')).status).toBe(401);
    expect((await api.login('ada@example.com', NEXT)).status).toBe(200);
  });

  it('takes one of two new passwords that come at once', async () => {
    const answers = await Promise.all([changePassword(PASSWORD), changePassword(PASSWORD, 'another one of ten')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 401]);
  });

  it('takes no new password without the old one, nor one of a wrong length, and counts the attempts', async () => {
    expect((await changePassword(PASSWORD, 'short')).status).toBe(400);
    expect((await changePassword(PASSWORD, 'x'.repeat(129))).status).toBe(400);
    const wrong = await changePassword('not that password');
    expect(wrong.status).toBe(401);
    expect(await codeOf(wrong)).toBe('auth.invalid_credentials');
    for (let i = 0; i < 9; i++) expect((await changePassword('not that password')).status).toBe(401);
    const refused = await changePassword(PASSWORD);
    expect(refused.status).toBe(429);
    expect(await codeOf(refused)).toBe('auth.too_many_attempts');
    expect(await api.statusFor(token)).toBe(200);
  });

  it('takes one, whoever tries to sign in to the account meanwhile', async () => {
    for (let i = 0; i < 10; i++) await api.login('ada@example.com', 'not that password');
    expect((await api.login('ada@example.com')).status).toBe(429);
    expect((await changePassword(PASSWORD)).status).toBe(204);
  });

  it('keeps no hash of a password as that of a repeatable request', async () => {
    const headers = { 'idempotency-key': 'k' };
    const json = { currentPassword: 'not that password', newPassword: NEXT };
    await api.call('/api/v1/users/me/password', { json, token, headers });
    await api.call('/api/v1/users/me', { method: 'DELETE', json: { password: NEXT }, token, headers });
    expect(await api.database.query('SELECT FROM idempotency_keys')).toEqual([]);
  });
});
