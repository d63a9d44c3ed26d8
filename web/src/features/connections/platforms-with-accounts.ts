import type { AccountCheck, Connection, ConnectionPlatform } from './api';

export type PlatformWithAccounts = ConnectionPlatform & { accounts: Connection[] };

/**
 * What the page lists: platforms that can be connected here, and those that know keys only when there are accounts.
 * What a platform has just said of an account wins over what was kept of it.
 */
export function platformsWithAccounts(
  platforms: readonly ConnectionPlatform[],
  connections: readonly Connection[],
  checks: readonly AccountCheck[],
): PlatformWithAccounts[] {
  const checked = new Map(checks.map(({ id, status, reason }) => [id, { status, reason }]));
  return platforms
    .map((platform) => ({
      ...platform,
      accounts: connections
        .filter((connection) => connection.platform === platform.platform)
        .map((connection) => ({ ...connection, ...checked.get(connection.id) })),
    }))
    .filter(({ oauth, accounts }) => oauth.name !== null || accounts.length > 0);
}
