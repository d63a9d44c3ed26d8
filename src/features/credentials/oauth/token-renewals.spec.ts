import { Logger } from '@nestjs/common';
import { ManualClock } from '../../../platform/clock/testing/manual-clock.js';
import { Drain } from '../../../platform/queue/drain.js';
import type { Credential } from '../credential.entity.js';
import type { CredentialsVault } from '../credentials-vault.js';
import { Platforms } from '../platforms/platforms.js';
import { CredentialRefused, OAuthRefused, type Platform, type TokenSet } from '../platforms/platform.js';
import { TokenRenewals } from './token-renewals.js';

const TOKENS: TokenSet = { accessToken: 'new', refreshToken: 'rotated' };
const credential = (fields: Partial<Credential> = {}) =>
  ({ id: 'c1', userId: 'u1', platform: 'youtube', version: 1, status: 'active', ...fields }) as Credential;

/** A database that is away. */
const away = () => Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

describe('TokenRenewals', () => {
  let clock: ManualClock;
  let row: Credential | null;
  let vault: Record<
    'find' | 'open' | 'claimRefresh' | 'refreshed' | 'releaseRefresh' | 'markInvalid',
    ReturnType<typeof vi.fn>
  >;
  let refresh: ReturnType<typeof vi.fn>;
  let renewals: TokenRenewals;
  let drain: Drain;

  afterEach(() => vi.restoreAllMocks());
  beforeEach(() => {
    vi.spyOn(Logger.prototype, 'warn').mockReturnValue(undefined);
    clock = new ManualClock();
    drain = new Drain();
    row = credential();
    vault = {
      find: vi.fn(async () => row),
      open: vi.fn(() => ({ refreshToken: 'old' })),
      claimRefresh: vi.fn(async () => true),
      refreshed: vi.fn(async () => credential({ version: 2 })),
      releaseRefresh: vi.fn(async () => undefined),
      markInvalid: vi.fn(async () => undefined),
    };
    refresh = vi.fn(async () => TOKENS);
    const platform = { name: 'youtube', oauth: { available: true, refresh } } as unknown as Platform;
    renewals = new TokenRenewals(new Platforms([platform]), vault as unknown as CredentialsVault, clock, drain);
  });

  /** Lets time pass until `work` has ended. */
  async function passing<T>(work: Promise<T>, stepMs = 250): Promise<T> {
    const state = { ended: false };
    const end = () => void (state.ended = true);
    work.then(end, end);
    while (!state.ended) {
      clock.advance(stepMs);
      await new Promise((resolve) => setImmediate(resolve));
    }
    return work;
  }

  it('waits some twenty seconds for another, and no longer', async () => {
    vault.claimRefresh.mockResolvedValue(false);
    const began = clock.now().getTime();
    await expect(passing(renewals.renew(credential()))).rejects.toMatchObject({
      code: 'credentials.unavailable',
      retryable: true,
    });
    expect(clock.now().getTime() - began).toBeGreaterThanOrEqual(20_000);
    expect(clock.now().getTime() - began).toBeLessThan(21_000);
    expect(refresh).not.toHaveBeenCalled();
  });

  it('takes what another has got', async () => {
    vault.claimRefresh.mockResolvedValue(false);
    const waiting = renewals.renew(credential());
    row = credential({ version: 2 });
    expect(await passing(waiting)).toMatchObject({ version: 2 });
    expect(refresh).not.toHaveBeenCalled();
  });

  it('does not ask again for what another has just found to be dead', async () => {
    row = credential({ status: 'invalid' });
    await expect(renewals.renew(credential())).rejects.toMatchObject({ code: 'credentials.invalid' });
    expect(refresh).not.toHaveBeenCalled();
    expect(vault.releaseRefresh).toHaveBeenCalledTimes(1);
  });

  it('asks all the same for one that was known to be dead: somebody wants to know', async () => {
    row = credential({ status: 'invalid' });
    expect(await renewals.renew(credential({ status: 'invalid' }))).toMatchObject({ version: 2 });
  });

  it('keeps new tokens as soon as the database is back', async () => {
    vault.refreshed.mockRejectedValueOnce(away()).mockRejectedValueOnce(away());
    expect(await passing(renewals.renew(credential()))).toMatchObject({ version: 2 });
    expect(vault.refreshed).toHaveBeenCalledTimes(3);
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  it('gives up keeping them when it stays away, or fails otherwise', async () => {
    vault.refreshed.mockRejectedValue(away());
    const began = clock.now().getTime();
    await expect(passing(renewals.renew(credential()))).rejects.toThrow('ECONNREFUSED');
    expect(clock.now().getTime() - began).toBeLessThan(12_000);
    vault.refreshed.mockReset().mockRejectedValue(new Error('a bug'));
    await expect(renewals.renew(credential())).rejects.toThrow('a bug');
    expect(vault.refreshed).toHaveBeenCalledTimes(1);
  });

  it.each(['invalid_client', 'state_mismatch', 'unauthorized_client'])(
    'leaves the credential alone on %s',
    async (no) => {
      refresh.mockRejectedValue(new OAuthRefused(no));
      await expect(renewals.renew(credential())).rejects.toMatchObject({ code: 'credentials.unavailable' });
      expect(vault.markInvalid).not.toHaveBeenCalled();
      expect(vault.releaseRefresh).toHaveBeenCalledTimes(1);
    },
  );

  it('asks nobody while there is no application of ours', async () => {
    const platform = { name: 'youtube', oauth: { available: 'Set GOOGLE_CLIENT_ID', refresh } } as unknown as Platform;
    const unset = new TokenRenewals(new Platforms([platform]), vault as unknown as CredentialsVault, clock, drain);
    await expect(unset.renew(credential())).rejects.toMatchObject({ code: 'credentials.unavailable' });
    expect(refresh).not.toHaveBeenCalled();
    expect(vault.markInvalid).not.toHaveBeenCalled();
  });

  it('asks for what was connected last, where an application of the user opened the account before', async () => {
    vault.open.mockReturnValue({ accountId: 'a', clientId: 'gone', clientSecret: 's', refreshToken: 'old' });
    const obtain = vi.fn(() => Promise.reject(new CredentialRefused('invalid_client')));
    const platform = { name: 'youtube', oauth: { available: true, refresh }, obtain } as unknown as Platform;
    const both = new TokenRenewals(new Platforms([platform]), vault as unknown as CredentialsVault, clock, drain);
    expect(await both.renew(credential())).toMatchObject({ version: 2 });
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  it('holds up the end of the process until new tokens are kept: where they are good once, others are lost', async () => {
    let answer: (tokens: TokenSet) => void = () => undefined;
    refresh.mockReturnValue(new Promise((resolve) => (answer = resolve)));
    const renewed = renewals.renew(credential());
    let isOver = false;
    const end = drain.beforeApplicationShutdown().then(() => (isOver = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(isOver).toBe(false);
    answer(TOKENS);
    await end;
    expect(vault.refreshed).toHaveBeenCalledTimes(1);
    expect(await renewed).toMatchObject({ version: 2 });
  });

  it('forgets a failure: the next one asks anew', async () => {
    refresh.mockRejectedValueOnce(new Error('down'));
    await expect(renewals.renew(credential())).rejects.toMatchObject({ code: 'credentials.unavailable' });
    expect(await renewals.renew(credential())).toMatchObject({ version: 2 });
  });
});
