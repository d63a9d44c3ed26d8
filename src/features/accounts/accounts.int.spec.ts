import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testStores, type TestStores } from '../../../test/support/stores.js';
import { routesWithoutAccess } from '../../platform/auth/testing/routes-without-access.js';
import { processConfig } from '../../platform/config/process.config.js';
import { Settings } from '../../platform/config/settings.js';
import { Database } from '../../platform/database/database.js';
import { startApi, type TestApi } from '../../platform/http-server/testing/start-api.js';
import { accountsConfig } from './accounts.config.js';
import { AccountsModule } from './accounts.module.js';
import { FirstAdmin } from './first-admin.js';
import { Passwords } from './passwords.js';
import { User } from './user.entity.js';
import { UsersRepository } from './users.repository.js';

const PASSWORD = 'correct horse battery';

interface SignedIn {
  accessToken: string;
  user: { id: string };
}

describe('accounts', () => {
  let stores: TestStores;
  let api: TestApi;
  let users: UsersRepository;
  let passwords: Passwords;

  beforeAll(async () => {
    stores = await testStores();
    api = await startApi({ stores, imports: [AccountsModule], groups: [accountsConfig] });
    users = api.app.get(UsersRepository);
    passwords = api.app.get(Passwords);
  });
  afterAll(async () => {
    await api.close();
    await stores.close();
  });
  beforeEach(() => table().clear());

  const table = () => api.app.get(Database).repository(User);
  const register = async (email: string, fields: Partial<User> = {}) => {
    await users.insert({ email, name: 'Ada', role: 'user', passwordHash: await passwords.hash(PASSWORD) });
    await table().update({ email }, fields);
  };
  const login = (email: string, password = PASSWORD) => api.call('/api/v1/auth/login', { json: { email, password } });
  const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code;

  it('says of every route who may call it', () => {
    expect(routesWithoutAccess(api.app)).toEqual([]);
  });

  it('signs in by e-mail in any case, and the token opens the profile', async () => {
    await register('Ada@Example.com', { timezone: 'Europe/Moscow' });
    const response = await login('ada@example.COM');
    expect(response.status).toBe(200);
    const signedIn = (await response.json()) as SignedIn;
    expect(signedIn).toEqual({
      accessToken: expect.any(String) as string,
      tokenType: 'Bearer',
      expiresIn: 900,
      user: { id: expect.any(String) as string, email: 'Ada@Example.com', role: 'user' },
    });
    const profile = await api.call('/api/v1/users/me', { token: signedIn.accessToken });
    expect(await profile.json()).toEqual({
      id: signedIn.user.id,
      email: 'Ada@Example.com',
      name: 'Ada',
      role: 'user',
      isActive: true,
      language: 'en',
      timezone: 'Europe/Moscow',
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
    });
  });

  it('refuses a wrong password, an unknown e-mail and a disabled account with the same words', async () => {
    await register('wrong@example.com');
    await register('disabled@example.com', { isActive: false });
    const answers = await Promise.all([
      login('wrong@example.com', 'not that password'),
      login('unknown@example.com'),
      login('disabled@example.com'),
    ]);
    for (const answer of answers) {
      expect(answer.status).toBe(401);
      expect(await answer.json()).toMatchObject({
        code: 'auth.invalid_credentials',
        detail: 'The e-mail or the password is wrong',
      });
    }
  });

  it('checks a hash for an unknown e-mail as well, so that time tells nothing', async () => {
    const fits = vi.spyOn(passwords, 'fits');
    await login('unknown2@example.com');
    expect(fits).toHaveBeenCalledWith(PASSWORD, undefined);
    fits.mockRestore();
    const msOf = async (passwordHash: string | undefined) => {
      const start = performance.now();
      expect(await passwords.fits('some password', passwordHash)).toBe(false);
      return performance.now() - start;
    };
    const known = await passwords.hash(PASSWORD);
    expect(known).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    const [unknownMs, knownMs] = [await msOf(undefined), await msOf(known)];
    expect(unknownMs).toBeGreaterThan(knownMs / 5);
  });

  it('closes the door of somebody who is gone, though his token lives', async () => {
    await register('gone@example.com');
    const { accessToken: token } = (await (await login('gone@example.com')).json()) as SignedIn;
    await table().update({ email: 'gone@example.com' }, { isActive: false });
    expect((await api.call('/api/v1/users/me', { token })).status).toBe(401);
    await table().clear();
    expect(await codeOf(await api.call('/api/v1/users/me', { token }))).toBe('auth.unauthenticated');
  });

  it('asks for an e-mail and a password of the right length', async () => {
    const response = await api.call('/api/v1/auth/login', { json: { email: 'nobody', password: 'short' } });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ field: 'email' }, { field: 'password' }] });
  });

  it('never keeps an answer with a token for repetition', async () => {
    await register('key@example.com');
    const { accessToken: token } = (await (await login('key@example.com')).json()) as SignedIn;
    const headers = { 'idempotency-key': 'k' };
    const json = { email: 'key@example.com', password: PASSWORD };
    const again = () => api.call('/api/v1/auth/login', { json, token, headers });
    await again();
    expect((await again()).headers.get('idempotency-replayed')).toBeNull();
  });

  it('takes ten attempts a minute for an account, however its e-mail is written', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 11; i++) statuses.push((await login(i % 2 ? 'Many@x.co' : 'many@X.CO')).status);
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429]);
    const refused = await login('many@x.co');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await codeOf(refused)).toBe('auth.too_many_attempts');
  });

  it('takes thirty attempts a minute from an address, whomever they are for', async () => {
    const own = await startApi({
      stores: { ...stores, redisUrl: (await freshRedis()).redisUrl },
      imports: [AccountsModule],
      groups: [accountsConfig],
    });
    const attempt = async (i: number) => {
      const json = { email: `user${i}@example.com`, password: PASSWORD };
      return (await own.call('/api/v1/auth/login', { json })).status;
    };
    const statuses = await Promise.all(Array.from({ length: 31 }, (_, i) => attempt(i)));
    await own.close();
    expect(statuses.filter((status) => status === 401)).toHaveLength(30);
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
  });

  const opened: TestStores[] = [];
  const freshRedis = async () => {
    const fresh = await testStores();
    opened.push(fresh);
    return fresh;
  };
  afterAll(() => Promise.all(opened.map((fresh) => fresh.close())));

  describe('the first admin', () => {
    let dataDir: string;
    beforeEach(async () => {
      dataDir = await mkdtemp(join(tmpdir(), 'nexus-admin-'));
    });
    afterEach(() => rm(dataDir, { recursive: true }));

    const firstAdmin = (env: Record<string, string> = {}) => {
      const settings = Settings.read([accountsConfig, processConfig], { DATA_DIR: dataDir, ...env });
      const own = settings.get(processConfig);
      return new FirstAdmin(users, passwords, settings.get(accountsConfig), own);
    };
    const kept = async () => JSON.parse(await readFile(join(dataDir, 'admin.json'), 'utf8')) as object;

    it('is made once, with a password that opens the door and is kept for its owner alone', async () => {
      const first = await firstAdmin().ensure();
      expect(first).toEqual({ email: 'admin@example.com', password: expect.any(String) as string, fresh: true });
      expect(await kept()).toEqual({ email: first.email, password: first.password });
      expect((await stat(join(dataDir, 'admin.json'))).mode & 0o777).toBe(0o600);
      const signedIn = (await (await login(first.email, first.password)).json()) as { user: object };
      expect(signedIn.user).toMatchObject({ role: 'admin' });
      expect(await firstAdmin().ensure()).toEqual({ ...first, fresh: false });
    });

    it('is one and the same for processes that start together', async () => {
      const all = await Promise.all(Array.from({ length: 4 }, () => firstAdmin().ensure()));
      expect(all.filter(({ fresh }) => fresh)).toHaveLength(1);
      expect(new Set(all.map(({ password }) => password)).size).toBe(1);
      expect(await table().count()).toBe(1);
    });

    it('takes the given password and never shows it', async () => {
      const env = { ADMIN_EMAIL: 'boss@example.com', ADMIN_PASSWORD: PASSWORD };
      expect(await firstAdmin(env).ensure()).toEqual({ email: 'boss@example.com', password: undefined, fresh: true });
      expect((await login('boss@example.com')).status).toBe(200);
      await expect(kept()).rejects.toThrow('ENOENT');
      expect(() => firstAdmin({ ADMIN_PASSWORD: 'short' })).toThrow('ADMIN_PASSWORD: expected 10 to 128 characters');
    });

    it('does not show a made password that has been changed since', async () => {
      const { email } = await firstAdmin().ensure();
      await table().update({ email }, { passwordHash: await passwords.hash('changed since then') });
      expect(await firstAdmin().ensure()).toEqual({ email, password: undefined, fresh: false });
    });

    it('comes back with the same password after the database was emptied, or a new one for another e-mail', async () => {
      const first = await firstAdmin().ensure();
      await table().clear();
      expect(await firstAdmin().ensure()).toEqual(first);
      await table().clear();
      const other = await firstAdmin({ ADMIN_EMAIL: 'other@example.com' }).ensure();
      expect(other).toMatchObject({ email: 'other@example.com', fresh: true });
      expect(other.password).not.toBe(first.password);
      expect(await kept()).toEqual({ email: other.email, password: other.password });
    });

    it('is not made while there is another admin, nor out of an ordinary account', async () => {
      await register('other@example.com', { role: 'admin' });
      expect(await firstAdmin().ensure()).toEqual({ email: 'admin@example.com', password: undefined, fresh: false });
      await table().clear();
      await register('Admin@example.com');
      await expect(firstAdmin().ensure()).rejects.toMatchObject({ code: 'accounts.admin_email_taken' });
    });
  });
});
