import { ageDays, isAtLeast, parseVersion } from './version.js';

describe('versions', () => {
  it.each<[string, string | null]>([
    ['2026.08.19\n', '2026.08.19'],
    ['2026.8.19', '2026.08.19'],
    ['2026.08.20.234504\n', '2026.08.20.234504'],
    ['2026.8.20.234504.dev0', '2026.08.20.234504'],
    ['yt-dlp 5', null],
    ['', null],
  ])('reads %j', (printed, version) => {
    expect(parseVersion(printed)).toBe(version);
  });

  it.each<[string, string, boolean]>([
    ['2026.07.04', '2026.07.04', true],
    ['2026.07.04.221833', '2026.07.04', true],
    ['2026.06.09', '2026.07.04', false],
    ['2025.12.08', '2026.07.04', false],
    ['2026.10.26', '2026.07.04', true],
  ])('%s is at least %s: %s', (version, oldest, is) => {
    expect(isAtLeast(version, oldest)).toBe(is);
  });

  it.each<[string, string, number]>([
    ['2026.08.19', '2026-11-20T23:59:59Z', 93],
    ['2026.08.19', '2026-08-20T00:00:00Z', 1],
    ['2026.08.19.234504', '2026-08-19T23:59:59Z', 0],
    ['2026.08.19', '2026-08-01T00:00:00Z', 0],
  ])('%s is at %s so many days old: %i', (version, now, days) => {
    expect(ageDays(version, new Date(now))).toBe(days);
  });
});
