import { judge } from './installation.js';

const header = ({
  runtimes = 'deno-2.9.6',
  libraries = 'curl_cffi-0.16.3, yt_dlp_ejs-0.8.0',
  handlers = 'urllib, curl_cffi',
  programs = 'ffmpeg 5.1.9-0 (setts), ffprobe 5.1.9-0',
} = {}) =>
  [
    '[debug] yt-dlp version stable@2026.08.19 from yt-dlp/yt-dlp [594bd50c2] (pip)',
    `[debug] exe versions: ${programs}`,
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

  it.each([
    ['none', 'yt-dlp finds no ffmpeg; yt-dlp finds no ffprobe'],
    ['ffmpeg 5.1.9-0 (setts)', 'yt-dlp finds no ffprobe'],
    ['ffprobe 5.1.9-0', 'yt-dlp finds no ffmpeg'],
  ])('says which programs it lacks, and goes on: %s', (programs, reason) => {
    expect(judge('2026.08.19', header({ programs }))).toEqual({ usable: true, version: '2026.08.19', reason });
  });

  it('names all that is missing', () => {
    const bare = header({ runtimes: 'none', libraries: 'certifi', handlers: 'urllib', programs: 'none' });
    expect(judge('2026.08.19', bare)).toMatchObject({
      reason:
        'yt-dlp finds no JavaScript runtime that it supports; ' +
        'the scripts of yt-dlp for its JavaScript runtime (yt-dlp-ejs) are missing; ' +
        'yt-dlp finds no ffmpeg; yt-dlp finds no ffprobe; ' +
        'yt-dlp cannot impersonate browsers: no curl_cffi: it serves direct links only',
    });
  });

  it('takes one that says nothing of what it has for usable, and says so', () => {
    const said = judge('2026.08.19', 'usage: yt-dlp [OPTIONS] URL');
    expect(said).toEqual({
      usable: true,
      version: '2026.08.19',
      reason: 'yt-dlp does not say what it has to work with',
    });
  });
});
