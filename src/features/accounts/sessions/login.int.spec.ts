import { User } from '../users/user.entity.js';
import { Passwords } from '../users/passwords.js';
import { UsersRepository } from '../users/users.repository.js';
import { accountsApi, codeOf, PASSWORD, type AccountsApi } from '../testing/accounts-api.js';

describe('login', () => {
  let api: AccountsApi;
  let passwords: Passwords;
  beforeAll(async () => {
    api = await accountsApi();
    passwords = api.app.get(Passwords, { strict: false });
  });
  afterAll(() => api.close());
  beforeEach(() => api.reset());

  it('is by e-mail in any case', async () => {
    const { id } = await api.makeAccount('Ada@Example.com');
    const response = await api.login('ada@example.COM');
    expect(response.status).toBe(200);
    const signedIn = (await response.json()) as { accessToken: string };
    expect(signedIn).toEqual({
      accessToken: expect.any(String) as string,
      refreshToken: expect.any(String) as string,
      tokenType: 'Bearer',
      expiresIn: 900,
      user: { id, email: 'Ada@Example.com', role: 'user' },
    });
    expect(await api.statusFor(signedIn.accessToken)).toBe(200);
  });

  it('refuses a wrong password, an unknown e-mail and a disabled account with the same words', async () => {
    await api.makeAccount('wrong@example.com');
    await api.makeAccount('disabled@example.com', { isActive: false });
    const answers = await Promise.all([
      api.login('wrong@example.com', 'not that password'),
      api.login('unknown@example.com'),
      api.login('disabled@example.com'),
    ]);
    for (const answer of answers) {
      expect(answer.status).toBe(401);
      expect(await answer.json()).toMatchObject({
        code: 'auth.invalid_credentials',
        detail: 'The e-mail or the password is wrong',
      });
    }
  });

  it('checks one hash, whether or not there is the account, so that time tells nothing', async () => {
    await api.makeAccount('disabled@example.com', { isActive: false });
    const fits = vi.spyOn(passwords, 'fits');
    await api.login('unknown@example.com');
    expect(fits.mock.calls).toEqual([[PASSWORD, undefined]]);
    await api.login('disabled@example.com');
    expect(fits).toHaveBeenCalledTimes(2);
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

  it('opens no session with a password that is changed while it is checked', async () => {
    const account = await api.makeAccount('race@example.com');
    const users = api.app.get(UsersRepository, { strict: false });
    const fits = passwords.fits.bind(passwords);
    const checking = vi.spyOn(passwords, 'fits').mockImplementation(async (password, hash) => {
      const answer = await fits(password, hash);
      await users.changePassword(account, 'that of another password');
      return answer;
    });
    expect((await api.login('race@example.com')).status).toBe(401);
    expect(checking).toHaveBeenCalledTimes(1);
    checking.mockRestore();
    expect(await api.database.query('SELECT FROM sessions')).toEqual([]);
  });

  it.each([
    ['e-mail and password', { email: 'nobody', password: 'short' }, ['email', 'password']],
    ['an e-mail that is no text', { email: { $ne: '' }, password: PASSWORD }, ['email']],
    ['a kind of session', { email: 'a@b.co', password: PASSWORD, session: 1 }, ['session']],
  ])('asks for %s that can be', async (_, json, fields) => {
    const response = await api.call('/api/v1/auth/login', { json });
    expect(response.status).toBe(400);
    const { errors } = (await response.json()) as { errors: { field: string }[] };
    expect([...new Set(errors.map(({ field }) => field))]).toEqual(fields);
  });

  it('never keeps an answer with a token for repetition', async () => {
    await api.makeAccount('key@example.com');
    const { accessToken: token } = await api.signIn('key@example.com');
    const headers = { 'idempotency-key': 'k' };
    const json = { email: 'key@example.com', password: PASSWORD };
    const again = () => api.call('/api/v1/auth/login', { json, token, headers });
    await again();
    expect((await again()).headers.get('idempotency-replayed')).toBeNull();
    expect(await api.database.query('SELECT FROM idempotency_keys')).toEqual([]);
  });

  it('takes ten attempts a minute for an account, however its e-mail is written', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 11; i++) statuses.push((await api.login(i % 2 ? 'Many@x.co' : 'many@X.CO')).status);
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429]);
    const refused = await api.login('many@x.co');
    expect(refused.headers.get('retry-after')).toBe('6');
    expect(await codeOf(refused)).toBe('auth.too_many_attempts');
    api.clock.advance(6_000);
    expect((await api.login('many@x.co')).status).toBe(401);
  });

  it('counts them by account where PostgreSQL takes letters for the same that JavaScript does not', async () => {
    await api.makeAccount('iris@x.co');
    const spellings = ['iris@x.co', 'İris@x.co', 'irİs@x.co', 'İrİs@x.co'];
    const statuses: number[] = [];
    for (let i = 0; i < 12; i++) statuses.push((await api.login(spellings[i % 4] ?? '', 'not that password')).status);
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429, 429]);
  });

  it('takes thirty attempts a minute from an address, whomever they are for', async () => {
    const attempts = Array.from({ length: 31 }, (_, i) => api.login(`user${i}@example.com`));
    const statuses = (await Promise.all(attempts)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(30);
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
  });

  it('writes down when and with what', async () => {
    await api.makeAccount('ada@example.com');
    const headers = { 'user-agent': 'x'.repeat(1_000) };
    const json = { email: 'ada@example.com', password: PASSWORD };
    await api.call('/api/v1/auth/login', { json, headers });
    const [user] = await api.database.repository(User).find();
    expect(await api.database.query('SELECT user_id, kind, user_agent, last_used_at FROM sessions')).toEqual([
      { user_id: user?.id, kind: 'token', user_agent: 'x'.repeat(255), last_used_at: api.clock.now() },
    ]);
  });
});
