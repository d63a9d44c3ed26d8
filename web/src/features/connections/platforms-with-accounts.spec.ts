import type { Connection, ConnectionPlatform } from './api';
import { platformsWithAccounts } from './platforms-with-accounts';

const platform = (name: string, oauthName: string | null): ConnectionPlatform => ({
  platform: name,
  oauth: { available: oauthName !== null, reason: null, name: oauthName },
});
const account = (id: string, of: string): Connection => ({
  id,
  platform: of,
  accountName: id,
  status: 'active',
  reason: null,
  masked: {},
});

describe('platformsWithAccounts', () => {
  const platforms = [platform('youtube', 'youtube'), platform('telegram', null), platform('rutube', null)];

  it('puts accounts under their platforms, and leaves out those that nothing can be done with', () => {
    const listed = platformsWithAccounts(platforms, [account('a', 'telegram'), account('b', 'telegram')], []);
    expect(listed.map((each) => [each.platform, each.accounts.map(({ id }) => id)])).toEqual([
      ['youtube', []],
      ['telegram', ['a', 'b']],
    ]);
  });

  it('shows what a platform has just said', () => {
    const check = { id: 'a', status: 'invalid' as const, reason: 'invalid_grant' };
    const [youtube] = platformsWithAccounts(platforms, [account('a', 'youtube'), account('b', 'youtube')], [check]);
    expect(youtube?.accounts).toEqual([{ ...account('a', 'youtube'), ...check }, account('b', 'youtube')]);
  });
});
