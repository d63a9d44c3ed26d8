import { Database } from '../../platform/database/database.js';
import { startApi, type TestApi } from '../../platform/http-server/testing/start-api.js';
import { StandInsModule } from '../../platform/stand-ins/stand-ins.js';
import { telegramConfig } from '../../telegram/index.js';
import { eventually } from '../../../test/support/eventually.js';
import { testStores, type TestStores } from '../../../test/support/stores.js';
import { AccountsModule } from '../accounts/index.js';
import { accountsGround } from '../accounts/testing/accounts-ground.js';
import { makeUser } from '../accounts/testing/make-user.js';
import { CredentialCalls } from './credential-calls.js';
import type { Credential } from './credential.entity.js';
import { CredentialsModule } from './credentials.module.js';
import { CredentialsVault } from './credentials-vault.js';
import {
  CredentialRefused,
  OAuthRefused,
  type AccessGrant,
  type Secrets,
  type TokenSet,
} from './platforms/platform.js';
import { PLATFORMS } from './platforms/platforms.js';
import { platformsConfig } from './platforms/platforms.config.js';
import { PlatformUnavailable } from './platforms/protocol/platform-unavailable.js';
import { FakeOAuthPlatform } from './testing/fake-oauth-platform.js';

/** Two processes over the same stores, each with its own pool. */
describe('calls in the name of a user', () => {
  const youtube = new FakeOAuthPlatform('youtube');
  let stores: TestStores;
  let apis: TestApi[];
  let database: Database;
  let vault: CredentialsVault;
  let owner: string;

  beforeAll(async () => {
    stores = await testStores();
    const start = () =>
      startApi({
        stores,
        groups: [...accountsGround.groups, platformsConfig, telegramConfig],
        imports: [...accountsGround.imports, StandInsModule.forRoot({}), AccountsModule, CredentialsModule],
        env: { NEXUS_ROLES: 'api', DATABASE_POOL_SIZE: '5' },
        replace: [[PLATFORMS, [youtube]]],
      });
    apis = [await start(), await start()];
    database = apis[0]!.app.get(Database);
    vault = apis[0]!.app.get(CredentialsVault, { strict: false });
  });
  afterAll(async () => {
    for (const api of apis) await api.close();
    await stores.close();
  });
  beforeEach(async () => {
    youtube.reset();
    owner = (await makeUser(database)).id;
  });

  const connect = (tokens: Partial<TokenSet>) =>
    vault.connect(owner, 'youtube', { externalId: 'a', name: 'A' }, { accessToken: 'access-0', ...tokens });
  const expired = () => connect({ refreshToken: 'refresh-0', expiresInSec: -1 });
  const calls = (process = 0) => apis[process]!.app.get(CredentialCalls, { strict: false });
  /** A call of the platform that takes good tokens alone. */
  const askPlatform = async ({ token, authorization }: AccessGrant) => {
    if (token !== youtube.goodToken) throw new CredentialRefused('unauthorized');
    return authorization;
  };
  const rowOf = async ({ id }: Credential) => (await vault.find(owner, id))!;
  const secretsOf = async (credential: Credential): Promise<Secrets> => vault.open(await rowOf(credential));
  const notices = () =>
    database.query<{ event: string; params: object }>('SELECT event, params FROM notifications WHERE user_id = $1', [
      owner,
    ]);
  const fails = (error: Error) => () => Promise.reject(error);

  it('uses a token that is good as it is', async () => {
    const credential = await connect({ refreshToken: 'refresh-0', expiresInSec: 120 });
    expect(await calls().call(credential, askPlatform)).toBe('Bearer access-0');
    expect(await calls().call(await connect({ refreshToken: 'r', expiresInSec: undefined }), askPlatform)).toBeTruthy();
    expect(youtube.shown).toEqual([]);
  });

  it('refreshes one that ends within a minute, and keeps both tokens before anybody uses them', async () => {
    const credential = await connect({ refreshToken: 'refresh-0', expiresInSec: 50 });
    const seen = await calls().call(credential, async ({ token }) => ({ token, kept: await secretsOf(credential) }));
    expect(seen).toEqual({ token: 'access-1', kept: { accessToken: 'access-1', refreshToken: 'refresh-1' } });
    const row = await rowOf(credential);
    expect(row).toMatchObject({ version: 2, status: 'active', refreshingUntil: null });
    expect(row.tokenExpiresAt!.getTime()).toBeGreaterThan(Date.now() + 3_000_000);
  });

  it('gets a first token for a refresh token alone', async () => {
    const credential = await vault.add(owner, 'youtube', 'By hand', { refreshToken: 'refresh-0' });
    expect(await calls().call(credential, askPlatform)).toBe('Bearer access-1');
    expect(youtube.shown).toEqual(['refresh-0']);
  });

  it('refreshes once for fifty calls in two processes', async () => {
    const credential = await expired();
    const all = Array.from({ length: 50 }, (_, i) => calls(i % 2).call(credential, askPlatform));
    expect(new Set(await Promise.all(all))).toEqual(new Set(['Bearer access-1']));
    expect(youtube.shown).toEqual(['refresh-0']);
  });

  it('refreshes once after fifty refusals in two processes', async () => {
    const credential = await connect({ refreshToken: 'refresh-0', expiresInSec: 3600 });
    youtube.goodToken = 'none';
    const all = Array.from({ length: 50 }, (_, i) => calls(i % 2).call(credential, askPlatform));
    expect(new Set(await Promise.all(all))).toEqual(new Set(['Bearer access-1']));
    expect(youtube.shown).toEqual(['refresh-0']);
    // Whoever still holds the old one is served with the new one.
    expect(await calls(1).call(credential, askPlatform)).toBe('Bearer access-1');
    expect(youtube.shown).toHaveLength(1);
  });

  it('gives up when the new token is refused, too', async () => {
    const credential = await connect({ refreshToken: 'refresh-0', expiresInSec: 3600 });
    const refused = vi.fn(() => Promise.reject(new CredentialRefused('unauthorized')));
    await expect(calls().call(credential, refused)).rejects.toMatchObject({
      code: 'credentials.invalid',
      kind: 'conflict',
    });
    expect(refused).toHaveBeenCalledTimes(2);
    expect(youtube.shown).toHaveLength(1);
    expect(await rowOf(credential)).toMatchObject({ status: 'invalid', statusReason: 'unauthorized' });
  });

  it('tells the owner once when the grant has ended, however many find out', async () => {
    const credential = await expired();
    youtube.beforeAnswer = fails(new OAuthRefused('invalid_grant'));
    const all = Array.from({ length: 20 }, (_, i) => calls(i % 2).call(credential, askPlatform));
    const codes = (await Promise.allSettled(all)).map((each) =>
      each.status === 'rejected' ? (each.reason as { code: string }).code : 'fulfilled',
    );
    expect(new Set(codes)).toEqual(new Set(['credentials.invalid']));
    expect(youtube.shown).toEqual(['refresh-0']);
    expect(await rowOf(credential)).toMatchObject({ status: 'invalid', statusReason: 'invalid_grant', version: 1 });
    expect((await notices()).map(({ event }) => event)).toEqual(['credential.invalid']);
  });

  it('leaves the credential as it is while the server does not answer', async () => {
    const credential = await expired();
    youtube.beforeAnswer = fails(new PlatformUnavailable('oauth.example', 'answered 503'));
    const call = calls().call(credential, askPlatform);
    await expect(call).rejects.toMatchObject({ code: 'credentials.unavailable', kind: 'upstream', retryable: true });
    expect(await rowOf(credential)).toMatchObject({ status: 'active', version: 1, refreshingUntil: null });
    expect(await secretsOf(credential)).toEqual({ accessToken: 'access-0', refreshToken: 'refresh-0' });
    youtube.beforeAnswer = () => Promise.resolve();
    expect(await calls(1).call(credential, askPlatform)).toMatch(/^Bearer access-/);
    expect(await notices()).toEqual([]);
  });

  it('takes over from a process that died while it refreshed', async () => {
    const credential = await expired();
    expect(await vault.claimRefresh(credential, 30_000)).toBe(true);
    const looks = vi.spyOn(apis[1]!.app.get(CredentialsVault, { strict: false }), 'claimRefresh');
    const call = calls(1).call(credential, askPlatform);
    await eventually(() => looks.mock.calls.length >= 3);
    expect(youtube.shown).toEqual([]);
    await database.query('UPDATE credentials SET refreshing_until = now() WHERE id = $1', [credential.id]);
    expect(await call).toBe('Bearer access-1');
    expect(youtube.shown).toEqual(['refresh-0']);
  });

  it('uses what its owner has filled in while an old token was refreshed', async () => {
    const credential = await expired();
    youtube.beforeAnswer = async () => {
      await vault.change(owner, credential.id, { secrets: { accessToken: 'by-hand' } });
    };
    expect(await calls().call(credential, ({ token }) => Promise.resolve(token))).toBe('by-hand');
    expect(await secretsOf(credential)).toEqual({ accessToken: 'by-hand' });
  });

  it('says so when it was deleted meanwhile', async () => {
    const credential = await expired();
    youtube.beforeAnswer = async () => {
      await database.query('DELETE FROM credentials WHERE id = $1', [credential.id]);
    };
    const gone = { code: 'credentials.not_found', kind: 'not_found' };
    await expect(calls().call(credential, askPlatform)).rejects.toMatchObject(gone);
    await expect(calls(1).call(credential, askPlatform)).rejects.toMatchObject(gone);
  });

  describe('with an access token alone', () => {
    it('is used until its last second, and then it has expired', async () => {
      const credential = await connect({ expiresInSec: 30 });
      expect(await calls().call(credential, askPlatform)).toBe('Bearer access-0');
      const ended = await connect({ expiresInSec: -1 });
      await expect(calls().call(ended, askPlatform)).rejects.toMatchObject({ code: 'credentials.invalid' });
      expect(await rowOf(ended)).toMatchObject({ status: 'expired' });
      expect(await notices()).toMatchObject([{ event: 'credential.invalid', params: { reason: 'expired' } }]);
    });

    it('has ended for good when it is refused', async () => {
      const credential = await vault.add(owner, 'youtube', 'By hand', { accessToken: 'wrong' });
      await expect(calls().call(credential, askPlatform)).rejects.toMatchObject({ code: 'credentials.invalid' });
      expect(await rowOf(credential)).toMatchObject({ status: 'invalid', statusReason: 'unauthorized' });
    });
  });

  it('leaves other failures of a call alone', async () => {
    const credential = await connect({ refreshToken: 'refresh-0', expiresInSec: 3600 });
    await expect(calls().call(credential, fails(new Error('quota')))).rejects.toThrow('quota');
    expect(youtube.shown).toEqual([]);
    expect(await rowOf(credential)).toMatchObject({ status: 'active', version: 1 });
  });

  it('holds no transaction open while it asks outside', async () => {
    const credential = await expired();
    // Of the other process: ours would look from inside the transaction.
    const others = apis[1]!.app.get(Database);
    const open = () =>
      others.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM pg_stat_activity
         WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
      );
    let during = -1;
    youtube.beforeAnswer = async () => {
      during = (await open())[0]!.count;
    };
    await calls().call(credential, askPlatform);
    expect(during).toBe(0);
  });
});
