import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processConfig } from '../../platform/config/process.config.js';
import * as privateFile from '../../platform/crypto/private-file.js';
import { Settings } from '../../platform/config/settings.js';
import { accountsConfig } from './accounts.config.js';
import { FirstAdmin } from './first-admin.js';
import { accountsApi, PASSWORD, type AccountsApi } from './testing/accounts-api.js';
import { NewAccounts } from './users/new-accounts.js';
import { Passwords } from './users/passwords.js';
import { User } from './users/user.entity.js';
import { UsersRepository } from './users/users.repository.js';

vi.mock('../../platform/crypto/private-file.js', { spy: true });

describe('the first admin', () => {
  let api: AccountsApi;
  let dataDir: string;
  beforeAll(async () => {
    api = await accountsApi();
  });
  afterAll(() => api.close());
  beforeEach(async () => {
    await api.reset();
    dataDir = await mkdtemp(join(tmpdir(), 'nexus-admin-'));
  });
  afterEach(() => rm(dataDir, { recursive: true }));

  const table = () => api.database.repository(User);
  const passwords = () => api.app.get(Passwords, { strict: false });
  const firstAdmin = (env: Record<string, string> = {}) => {
    const settings = Settings.read([accountsConfig, processConfig], { DATA_DIR: dataDir, ...env });
    return new FirstAdmin(
      api.app.get(UsersRepository, { strict: false }),
      api.app.get(NewAccounts, { strict: false }),
      passwords(),
      settings.get(accountsConfig),
      settings.get(processConfig),
    );
  };
  const kept = async () => JSON.parse(await readFile(join(dataDir, 'admin.json'), 'utf8')) as object;

  it('is made once, with a password that opens the door and is kept for its owner alone', async () => {
    const first = await firstAdmin().ensure();
    expect(first).toEqual({ email: 'admin@example.com', password: expect.any(String) as string, fresh: true });
    expect(await kept()).toEqual({ email: first.email, password: first.password });
    expect((await stat(join(dataDir, 'admin.json'))).mode & 0o777).toBe(0o600);
    const signedIn = (await (await api.login(first.email, first.password)).json()) as { user: object };
    expect(signedIn.user).toMatchObject({ role: 'admin' });
    expect(await firstAdmin().ensure()).toEqual({ ...first, fresh: false });
  });

  it('has permissions, quotas and settings as everybody', async () => {
    await firstAdmin().ensure();
    const [admin] = await table().find();
    expect(admin?.permissions.canUpload).toBe(true);
    expect(admin?.quotas.maxRecordingsPerMonth).toBe(100);
    expect(await api.database.query('SELECT FROM user_configs WHERE user_id = $1', [admin?.id])).toHaveLength(1);
  });

  it('is one and the same for processes that start together', async () => {
    const all = await Promise.all(Array.from({ length: 4 }, () => firstAdmin().ensure()));
    expect(all.filter(({ fresh }) => fresh)).toHaveLength(1);
    expect(new Set(all.map(({ password }) => password)).size).toBe(1);
    expect(await table().count()).toBe(1);
  });

  it('keeps the password that opens it when another process makes it between two steps of this one', async () => {
    vi.mocked(privateFile.readPrivateFile).mockImplementationOnce(async () => {
      await firstAdmin().ensure();
      return undefined;
    });
    const { email, password } = await firstAdmin().ensure();
    expect(password).toBeDefined();
    expect((await api.login(email, password)).status).toBe(200);
  });

  it('takes the given password and never shows it', async () => {
    const env = { ADMIN_EMAIL: 'boss@example.com', ADMIN_PASSWORD: PASSWORD };
    expect(await firstAdmin(env).ensure()).toEqual({ email: 'boss@example.com', password: undefined, fresh: true });
    expect((await api.login('boss@example.com')).status).toBe(200);
    await expect(kept()).rejects.toThrow('ENOENT');
    expect(() => firstAdmin({ ADMIN_PASSWORD: 'short' })).toThrow('ADMIN_PASSWORD: expected 10 to 128 characters');
  });

  it('does not show a made password that has been changed since', async () => {
    const { email } = await firstAdmin().ensure();
    await table().update({ email }, { passwordHash: await passwords().hash('changed since then') });
    expect(await firstAdmin().ensure()).toEqual({ email, password: undefined, fresh: false });
  });

  it('comes back with the same password after the database was emptied, or a new one for another e-mail', async () => {
    const first = await firstAdmin().ensure();
    await api.reset();
    expect(await firstAdmin().ensure()).toEqual(first);
    await api.reset();
    const other = await firstAdmin({ ADMIN_EMAIL: 'other@example.com' }).ensure();
    expect(other).toMatchObject({ email: 'other@example.com', fresh: true });
    expect(other.password).not.toBe(first.password);
    expect(await kept()).toEqual({ email: other.email, password: other.password });
  });

  it('is not made while there is another admin, nor out of an ordinary account', async () => {
    await api.makeAccount('other@example.com', { role: 'admin' });
    expect(await firstAdmin().ensure()).toEqual({ email: 'admin@example.com', password: undefined, fresh: false });
    await api.reset();
    await api.makeAccount('Admin@example.com');
    await expect(firstAdmin().ensure()).rejects.toMatchObject({ code: 'accounts.admin_email_taken' });
  });
});
