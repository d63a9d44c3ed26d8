import { accountsApi, type AccountsApi, type Tokens } from '../testing/accounts-api.js';

describe('logout', () => {
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
  const logout = async (json?: object) =>
    (await api.call('/api/v1/auth/logout', json ? { json } : { method: 'POST' })).status;
  const logoutAll = (token?: string) => api.call('/api/v1/auth/logout-all', { method: 'POST', token });
  const refreshed = async (token: string) => (await (await api.refresh(token)).json()) as Tokens;
  const worksFor = async ({ accessToken, refreshToken }: Tokens) => [
    await api.statusFor(accessToken),
    (await api.refresh(refreshToken)).status,
  ];

  it('ends the session at once, what is in grace included, and no other', async () => {
    const [first, other] = [await signIn(), await signIn()];
    const second = await refreshed(first.refreshToken);
    expect(await logout({ refreshToken: second.refreshToken })).toBe(204);
    for (const tokens of [first, second]) expect(await worksFor(tokens)).toEqual([401, 401]);
    expect(await worksFor(other)).toEqual([200, 200]);
  });

  it('takes any token of the session, as often as it comes, and unknown ones', async () => {
    const first = await signIn();
    const second = await refreshed(first.refreshToken);
    for (let i = 0; i < 2; i++) expect(await logout({ refreshToken: first.refreshToken })).toBe(204);
    expect(await worksFor(second)).toEqual([401, 401]);
    expect([await logout({ refreshToken: 'unknown' }), await logout({}), await logout()]).toEqual([204, 204, 204]);
  });

  it('leaves no session of the account, and those of others alone', async () => {
    await api.makeAccount('bob@example.com');
    const [first, second, bob] = [await signIn(), await signIn(), await api.signIn('bob@example.com')];
    const inGrace = await refreshed(first.refreshToken);
    expect((await logoutAll(second.accessToken)).status).toBe(204);
    for (const tokens of [first, second, inGrace]) expect(await worksFor(tokens)).toEqual([401, 401]);
    expect(await worksFor(bob)).toEqual([200, 200]);
    expect((await logoutAll()).status).toBe(401);
    expect((await logoutAll(second.accessToken)).status).toBe(401);
  });

  it('of all wins whatever is refreshed at the same moment', async () => {
    for (let round = 0; round < 25; round++) {
      api.clock.advance(60_000);
      const [first, second] = [await signIn(), await signIn()];
      const refreshing = [first, first, second, first, second].map(({ refreshToken }) => api.refresh(refreshToken));
      const [ended, ...answers] = await Promise.all([logoutAll(first.accessToken), ...refreshing]);
      expect(ended.status).toBe(204);
      const won = answers.filter(({ status }) => status === 200).map(async (answer) => (await answer.json()) as Tokens);
      for (const tokens of [first, second, ...(await Promise.all(won))]) {
        expect(await worksFor(tokens)).toEqual([401, 401]);
      }
    }
  });
});
