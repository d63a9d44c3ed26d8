/** The oldest release that may be used for platforms: older ones have known holes and miss sites' changes. */
export const PINNED_VERSION = '2026.07.04';

/** The oldest release whose options are known here (the one of Debian 12). */
export const OLDEST_VERSION = '2023.03.04';

/** The release in what `--version` prints (`2026.08.19`, or a nightly's `2026.08.20.234504`); null when there is none. */
export function parseVersion(printed: string): string | null {
  return /^\d{4}\.\d{2}\.\d{2}(?:\.\d+)?/.exec(printed.trim())?.[0] ?? null;
}

/** Dates with leading zeros: their order is the alphabet's. */
export function isAtLeast(version: string, oldest: string): boolean {
  return version >= oldest;
}
