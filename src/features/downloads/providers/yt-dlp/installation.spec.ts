import { judge } from './installation.js';
import { isAtLeast, parseVersion } from './version.js';

const header = ({
  runtimes = 'deno-2.9.6',
  libraries = 'curl_cffi-0.16.3, yt_dlp_ejs-0.8.0',
  handlers = 'urllib, curl_cffi',
} = {}) =>
  [
    '[debug] yt-dlp version stable@2026.08.19 from yt-dlp/yt-dlp [594bd50c2] (pip)',
    `[debug] Optional libraries: ${libraries}`,
    `[debug] JS runtimes: ${runtimes}`,
    `[debug] Request Handlers: ${handlers}`,
    'yt-dlp: error: You must provide at least one URL.',
  ].join('\n');

describe('judge', () => {
  it('finds nothing wrong with a complete installation', () => {
    expect(judge('2026.08.19', header())).toEqual({ usable: true, version: '2026.08.19', reason: undefined });
  });

  it.each([
    { runtimes: 'none' },
    { runtimes: 'none (disabled)' },
    { runtimes: 'deno-1.40.0 (unsupported)' },
    { runtimes: 'deno (unknown)' },
    { libraries: 'curl_cffi-0.16.3' },
  ])('leaves direct links to one without what YouTube takes: %j', (lack) => {
    expect(judge('2026.08.19', header(lack))).toMatchObject({
      usable: true,
      platforms: ['direct'],
      reason: expect.stringContaining('JavaScript') as string,
    });
  });

  it('says that it cannot impersonate browsers, and goes on', () => {
    const judged = judge('2026.08.19', header({ handlers: 'urllib, requests' }));
    expect(judged).toMatchObject({ usable: true, reason: 'yt-dlp cannot impersonate browsers: no curl_cffi' });
    expect(judged).not.toHaveProperty('platforms');
  });

  it('trusts no header that says nothing', () => {
    expect(judge('2026.08.19', '')).toMatchObject({ platforms: ['direct'] });
  });
});

describe('versions', () => {
  it.each<[string, string | null]>([
    ['2026.08.19\n', '2026.08.19'],
    ['2026.08.20.234504\n', '2026.08.20.234504'],
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
});
