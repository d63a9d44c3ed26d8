const DAY_MS = 86_400_000;

/** The oldest release that may be used for platforms: older ones have known holes and miss sites' changes. */
export const PINNED_VERSION = '2026.07.04';

/** The oldest release whose options are known here (the one of Debian 12). */
export const OLDEST_VERSION = '2023.03.04';

/**
 * The release in what `--version` prints (`2026.08.19`, or a nightly's `2026.08.20.234504`) or in what Python's index
 * calls it (`2026.8.19`); null when there is none.
 */
export function parseVersion(printed: string): string | null {
  const [, year, month, day, rest = ''] = /^(\d{4})\.(\d{1,2})\.(\d{1,2})(\.\d+)?/.exec(printed.trim()) ?? [];
  if (year === undefined || month === undefined || day === undefined) return null;
  return `${year}.${month.padStart(2, '0')}.${day.padStart(2, '0')}${rest}`;
}

/** Dates with leading zeros: their order is the alphabet's. */
export function isAtLeast(version: string, oldest: string): boolean {
  return version >= oldest;
}

/** Releases are called by their day (UTC). */
export function ageDays(version: string, now: Date): number {
  const released = Date.parse(`${version.slice(0, 10).replaceAll('.', '-')}T00:00:00Z`);
  return Math.max(0, Math.floor((now.getTime() - released) / DAY_MS));
}
