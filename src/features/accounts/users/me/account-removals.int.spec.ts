import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Events } from '../../../../platform/events/events.js';
import { Quotas } from '../../limits/quotas.js';
import { accountsApi, codeOf, PASSWORD, type AccountsApi } from '../../testing/accounts-api.js';
import { tracesOf } from '../../testing/traces-of.js';
import { User } from '../user.entity.js';
import { AccountRemovals } from './account-removals.js';

describe('deleting an account', () => {
  let api: AccountsApi;
  beforeAll(async () => {
    api = await accountsApi();
  });
  afterAll(() => api.close());
  beforeEach(() => api.reset());
  afterEach(() => vi.restoreAllMocks());

  const remove = (token: string, password = PASSWORD) =>
    api.call('/api/v1/users/me', { method: 'DELETE', json: { password }, token });
  const tracesOfAccount = ({ id, email }: User) =>
    tracesOf({ database: api.database, folder: api.storageFolder }, [id, email]);
  const write = async (key: string) => {
    const path = api.storage.localPath(key) ?? '';
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, 'a recording');
  };
  const account = async (email: string, fields: Partial<User> = {}) => {
    const user = await api.makeAccount(email, fields);
    return { user, token: (await api.signIn(email)).accessToken };
  };

  it('leaves no row and no file of it, and all of the others', async () => {
    const { user, token } = await account('ada@example.com');
    const bob = await account('bob@example.com');
    const headers = { 'idempotency-key': 'k' };
    await api.call('/api/v1/users/me', { method: 'PATCH', json: { name: user.email }, token, headers });
    await api.app.get(Quotas, { strict: false }).claim(user.id, 'storage', 1_000);
    await write(`media/user_${user.id}/recordings/1/source.mp4`);
    await write(`media/user_${bob.user.id}/recordings/2/source.mp4`);
    const places = (await tracesOfAccount(user)).map((trace) => trace.split(':')[0]);
    expect(places).toEqual(
      expect.arrayContaining(['users', 'sessions', 'user_configs', 'quota_usage', 'idempotency_keys']),
    );
    expect(places).toContain(`media/user_${user.id}/recordings/1/source.mp4`);
    const ofBob = await tracesOfAccount(bob.user);

    expect((await remove(token)).status).toBe(204);
    expect(await tracesOfAccount(user)).toEqual([]);
    expect(await tracesOfAccount(bob.user)).toEqual(ofBob);
    expect(await api.statusFor(token)).toBe(401);
    expect((await api.login('ada@example.com')).status).toBe(401);
    expect((await api.call('/api/v1/auth/register', { json: { email: user.email, password: PASSWORD } })).status).toBe(
      201,
    );
  });

  it('asks for the password, and counts the attempts', async () => {
    const { user, token } = await account('ada@example.com');
    const wrong = await remove(token, 'not that password');
    expect(wrong.status).toBe(401);
    expect(await codeOf(wrong)).toBe('auth.invalid_credentials');
    for (let i = 0; i < 9; i++) await remove(token, 'not that password');
    expect((await remove(token)).status).toBe(429);
    expect((await api.call('/api/v1/users/me', { method: 'DELETE', token })).status).toBe(400);
    expect(await api.database.repository(User).existsBy({ id: user.id })).toBe(true);
  });

  it('happens once when it is asked for twice at once', async () => {
    const { token } = await account('ada@example.com');
    const statuses = (await Promise.all([remove(token), remove(token)])).map(({ status }) => status);
    expect(statuses.sort()).toEqual([204, 401]);
  });

  it('gets by whatever is refreshed at the same moment', async () => {
    for (let round = 0; round < 10; round++) {
      api.clock.advance(60_000);
      const { user, token } = await account(`ada${round}@example.com`);
      const { refreshToken } = await api.signIn(user.email);
      const refreshing = Array.from({ length: 8 }, () => api.refresh(refreshToken));
      const [removed, ...answers] = await Promise.all([remove(token), ...refreshing]);
      expect(removed.status).toBe(204);
      for (const { status } of answers) expect([200, 401]).toContain(status);
      expect(await tracesOfAccount(user)).toEqual([]);
    }
  });

  it('is told to whoever works for the account', async () => {
    const publish = vi.spyOn(api.app.get(Events), 'publish');
    const { user, token } = await account('ada@example.com');
    await remove(token);
    expect(publish).toHaveBeenCalledWith({ name: 'accounts.removed' }, { userId: user.id });
  });

  it('goes on with the files later when their storage was away', async () => {
    const { user, token } = await account('ada@example.com');
    const file = `media/user_${user.id}/a.mp4`;
    await write(file);
    const away = vi.spyOn(api.storage, 'remove').mockRejectedValue(new Error('The storage is away'));
    expect((await remove(token)).status).toBe(204);
    expect(await tracesOfAccount(user)).toEqual(['account_removals: 1 rows', `media/user_${user.id}`, file]);
    const removals = api.app.get(AccountRemovals, { strict: false });
    await removals.finishAll();
    expect(await tracesOfAccount(user)).toHaveLength(3);
    away.mockRestore();
    await removals.finishAll();
    expect(await tracesOfAccount(user)).toEqual([]);
  });

  it('never takes the last admin who can sign in, however many go at once', async () => {
    const admin = await account('boss@example.com', { role: 'admin' });
    await account('former@example.com', { role: 'admin' });
    await api.database.repository(User).update({ email: 'former@example.com' }, { isActive: false });
    const refused = await remove(admin.token);
    expect(refused.status).toBe(409);
    expect(await codeOf(refused)).toBe('accounts.last_admin');
    expect(await api.statusFor(admin.token)).toBe(200);
    for (let round = 0; round < 5; round++) {
      const another = await account(`boss${round}@example.com`, { role: 'admin' });
      const [current] = await api.database.query<{ email: string }>(
        `SELECT email FROM users WHERE role = 'admin' AND is_active AND id <> $1`,
        [another.user.id],
      );
      const { accessToken } = await api.signIn(current?.email ?? '');
      const statuses = (await Promise.all([remove(accessToken), remove(another.token)])).map(({ status }) => status);
      expect(statuses.sort()).toEqual([204, 409]);
    }
  });
});
