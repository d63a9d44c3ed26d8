import { KeyRing } from '../../platform/crypto/key-ring.js';
import type { DomainError } from '../../platform/errors/domain-error.js';
import type { Credential } from './credential.entity.js';
import { CredentialsVault, secretsContext } from './credentials-vault.js';
import { credentialsApi, type CredentialsApi } from './testing/credentials-api.js';

const CHANNEL = { externalId: 'UC1', name: 'My channel' };
const TOKENS = { accessToken: 'access 1', refreshToken: 'refresh 1', expiresInSec: 3600 };

describe('CredentialsVault', () => {
  let world: CredentialsApi;
  let vault: CredentialsVault;
  let owner: string;

  beforeAll(async () => {
    world = await credentialsApi();
    vault = world.api.app.get(CredentialsVault, { strict: false });
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    owner = (await world.newOwner()).account.id;
  });

  const connect = (tokens = TOKENS, identity = CHANNEL, by = owner) => vault.connect(by, 'youtube', identity, tokens);
  const find = async ({ userId, id }: Credential): Promise<Credential> => {
    const found = await vault.find(userId, id);
    if (!found) throw new Error('It is gone');
    return found;
  };
  const inMs = (ms: number) => new Date(world.clock.now().getTime() + ms);
  const notified = async () =>
    (await world.database.query('SELECT id FROM notifications WHERE user_id = $1', [owner])).length;

  describe('connecting', () => {
    it('makes a credential named after the account', async () => {
      const credential = await connect();
      expect(credential).toMatchObject({
        userId: owner,
        platform: 'youtube',
        accountName: 'My channel',
        externalId: 'UC1',
        status: 'active',
        version: 1,
        checkedAt: world.clock.now(),
        tokenExpiresAt: inMs(3_600_000),
        masked: { accessToken: '••••ss 1', refreshToken: '••••sh 1' },
      });
      expect(vault.open(credential)).toEqual({ accessToken: 'access 1', refreshToken: 'refresh 1' });
    });

    it('gives the same account new tokens, whatever it is called by now, and keeps a refresh token', async () => {
      const first = await connect();
      await vault.change(owner, first.id, { accountName: 'Renamed' });
      await vault.markInvalid(first, 'invalid_grant');
      const again = await vault.connect(owner, 'youtube', CHANNEL, { accessToken: 'access 2' });
      expect(again).toMatchObject({
        id: first.id,
        accountName: 'Renamed',
        status: 'active',
        statusReason: null,
        version: 2,
        tokenExpiresAt: null,
      });
      expect(vault.open(again)).toEqual({ accessToken: 'access 2', refreshToken: 'refresh 1' });
    });

    it('takes the place of tokens that do not open any more', async () => {
      const { id } = await connect();
      await world.database.query(`UPDATE credentials SET secrets = 'v1.gone.AAAA' WHERE id = $1`, [id]);
      expect(vault.open(await connect())).toEqual({ accessToken: 'access 1', refreshToken: 'refresh 1' });
    });

    it('finds a free name for another account that is called the same', async () => {
      const names: string[] = [];
      for (const externalId of ['UC1', 'UC2', 'UC3']) {
        names.push((await connect(TOKENS, { externalId, name: 'My channel' })).accountName);
      }
      expect(names).toEqual(['My channel', 'My channel (2)', 'My channel (3)']);
    });

    it('makes names fit', async () => {
      const name = (externalId: string, given: string) =>
        connect(TOKENS, { externalId, name: given }).then(({ accountName }) => accountName);
      expect(await name('1', '🔑'.repeat(120))).toBe('🔑'.repeat(100));
      expect(await name('2', '🔑'.repeat(120))).toBe(`${'🔑'.repeat(96)} (2)`);
      expect(await name('3', ' \0 ')).toBe('youtube');
    });

    it('makes one credential when ten tabs connect the same account at once', async () => {
      const all = await Promise.all(Array.from({ length: 10 }, () => connect()));
      expect(new Set(all.map(({ id }) => id)).size).toBe(1);
    });

    it('leaves the same account of another user alone', async () => {
      const mine = await connect();
      const other = (await world.newOwner()).account.id;
      expect((await connect(TOKENS, CHANNEL, other)).id).not.toBe(mine.id);
      expect(await vault.find(other, mine.id)).toBeNull();
      expect(await find(mine)).toEqual(mine);
    });
  });

  describe('refreshing', () => {
    it('is the right of one at a time, until it ends', async () => {
      const credential = await connect();
      const claims = await Promise.all(Array.from({ length: 10 }, () => vault.claimRefresh(credential, 60_000)));
      expect(claims.filter(Boolean)).toHaveLength(1);
      await vault.releaseRefresh(credential);
      expect(await vault.claimRefresh(credential, 0)).toBe(true);
      expect(await vault.claimRefresh(credential, 60_000)).toBe(true);
    });

    it('brings new tokens and ends the claim', async () => {
      const credential = await connect();
      await vault.claimRefresh(credential, 60_000);
      const fresh = await vault.refreshed(credential, {
        accessToken: 'access 2',
        expiresInSec: 60,
        extra: { deviceId: 'd' },
      });
      expect(fresh).toMatchObject({ version: 2, refreshingUntil: null, tokenExpiresAt: inMs(60_000) });
      expect(vault.open(fresh!)).toEqual({ accessToken: 'access 2', refreshToken: 'refresh 1', deviceId: 'd' });
      expect(await vault.claimRefresh(credential, 60_000)).toBe(false);
    });

    it('leaves alone what has been changed meanwhile', async () => {
      const credential = await connect();
      const changed = await vault.change(owner, credential.id, { secrets: { accessToken: 'by hand' } });
      expect(await vault.refreshed(credential, { accessToken: 'too late' })).toBeNull();
      expect(await vault.claimRefresh(credential, 60_000)).toBe(false);
      await vault.markInvalid(credential, 'too late');
      await vault.markExpired(credential);
      expect(await find(credential)).toEqual(changed);
      expect(vault.open(changed)).toEqual({ accessToken: 'by hand' });
      expect(await notified()).toBe(0);
    });
  });

  it('tells the owner once that it works no more', async () => {
    const credential = await connect();
    await Promise.all([vault.markInvalid(credential, 'invalid_grant'), vault.markInvalid(credential, 'invalid_grant')]);
    await vault.markExpired(credential);
    expect(await notified()).toBe(1);
    const again = await connect();
    await vault.markInvalid(again, `\0\ud800${'x'.repeat(1000)}`);
    expect(await notified()).toBe(2);
    expect(await find(again)).toMatchObject({ status: 'invalid', statusReason: 'x'.repeat(500) });
  });

  it('opens nothing that was copied from another credential', async () => {
    const [mine, other] = [await connect(), await connect(TOKENS, { externalId: 'UC2', name: 'Other' })];
    const keys = world.api.app.get(KeyRing);
    expect(JSON.parse(keys.decrypt(mine.secrets, secretsContext(mine.id)))).toEqual(vault.open(mine));
    await world.database.query('UPDATE credentials SET secrets = $2 WHERE id = $1', [mine.id, other.secrets]);
    const copied = await find(mine);
    expect(() => vault.open(copied)).toThrow(expect.objectContaining({ code: 'crypto.undecipherable' }) as DomainError);
  });
});
