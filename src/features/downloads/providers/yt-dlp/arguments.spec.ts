import { downloadArguments, probeArguments, type CommonSettings, type DownloadSettings } from './arguments.js';
import type { Platform } from '../../links/media-link.js';
import type { Wish } from '../provider.js';

const settings: CommonSettings = {
  version: '2026.08.19',
  platform: 'youtube',
  proxyUrl: 'http://127.0.0.1:9000',
  cacheDir: '/cache',
  denoPath: '/opt/deno',
  ffmpegDir: '/opt/ffmpeg',
  limits: { maxBytes: 1_000, maxDurationSec: 3_600 },
  wish: { quality: 'best', kind: 'video' },
};

const download = (changes: Partial<DownloadSettings> = {}) =>
  downloadArguments({
    ...settings,
    source: { url: 'https://a.example/x' },
    workDir: '/job',
    relaxed: false,
    ...changes,
  });

const VIDEO =
  'bv*[filesize<=?900][filesize_approx<=?900]+ba[filesize<=?100][filesize_approx<=?100]/b[filesize<=?1000][filesize_approx<=?1000]';
const SOUND =
  'ba[ext=m4a][filesize<=?1000][filesize_approx<=?1000]/ba[filesize<=?1000][filesize_approx<=?1000]/b[filesize<=?1000][filesize_approx<=?1000]';

/** The values of an option, in order. */
const valuesOf = (option: string, args: string[]) => args.filter((_, index) => args[index - 1] === option);

const COMMON = [
  ['--ignore-config', '--no-update', '--no-plugin-dirs', '--no-exec', '--no-playlist', '-I', '1'],
  ['--no-cookies-from-browser', '--color', 'never', '--encoding', 'utf-8', '--no-mark-watched'],
  ['--no-wait-for-video', '--no-live-from-start', '--cache-dir', '/cache/2026.08.19', '--socket-timeout', '15'],
  ['--retries', '2', '--fragment-retries', '3', '--extractor-retries', '1', '--retry-sleep', '1'],
  ['--file-access-retries', '1', '--use-extractors', 'youtube,-generic', '--js-runtimes', 'deno:/opt/deno'],
  ['--no-remote-components', '--xff', 'never', '--proxy', 'http://127.0.0.1:9000', '--ffmpeg-location', '/opt/ffmpeg'],
].flat();

describe('probeArguments', () => {
  it('asks for the facts of what a download would choose', () => {
    expect(probeArguments(settings, 'https://a.example/x')).toEqual([
      ...COMMON,
      '-f',
      `${VIDEO}/b*[filesize<=?1000][filesize_approx<=?1000]/wv*+wa/w*`,
      '-S',
      'vcodec:h264,lang,res:1080,quality,fps,hdr:12,acodec:aac',
      '-J',
      '--',
      'https://a.example/x',
    ]);
  });
});

describe('downloadArguments', () => {
  it('adds to the common options what a download needs', () => {
    const info =
      'id,title,ext,duration,filesize,filesize_approx,width,height,vcodec,acodec,protocol,extractor_key,live_status';
    const progress =
      'status,downloaded_bytes,total_bytes,total_bytes_estimate,speed,eta,elapsed,fragment_index,fragment_count';
    expect(download()).toEqual([
      ...COMMON,
      '-f',
      VIDEO,
      ...['-S', 'vcodec:h264,lang,res:1080,quality,fps,hdr:12,acodec:aac', '-N', '4', '--http-chunk-size', '10M'],
      ...['--abort-on-unavailable-fragments', '--max-filesize', '1000'],
      ...['--match-filters', '!is_live & live_status!=?is_upcoming & live_status!=?post_live & duration<=?3600'],
      ...['--continue', '--no-mtime', '--merge-output-format', 'mp4', '-P', 'home:/job/out', '-P', 'temp:/job/tmp'],
      ...['-P', 'infojson:/job', '-o', 'media.%(ext)s', '--write-info-json', '-o', 'infojson:source'],
      ...['--newline', '--progress', '--no-quiet', '--progress-delta', '1'],
      ...['--progress-template', `download:NXP %(progress.{${progress}})j`],
      ...['--progress-template', 'postprocess:NXQ %(progress.{status,postprocessor})j'],
      ...['--print', `pre_process:NXI %(.{${info}})j`, '--print', `before_dl:NXI %(.{${info}})j`],
      ...['--print', 'after_move:NXF %(filepath)j'],
      ...['--', 'https://a.example/x'],
    ]);
  });

  it('reads what an earlier run wrote down instead of the page, and then never asks to abort on errors', () => {
    const args = download({ source: { infoFile: '/job/source.info.json' } });
    expect(args.slice(-2)).toEqual(['--load-info-json', '/job/source.info.json']);
    expect(args).not.toContain('--');
    expect(args).not.toContain('--abort-on-error');
  });

  it.each<[Wish, string, string]>([
    [{ quality: 'best', kind: 'video' }, VIDEO, 'vcodec:h264,lang,res:1080'],
    [{ quality: '720', kind: 'video' }, VIDEO, 'lang,res:720,vcodec:h264'],
    [{ quality: '2160', kind: 'video' }, VIDEO, 'lang,res:2160,vcodec:h264'],
    [{ quality: 'best', kind: 'audio' }, SOUND, 'vcodec:h264,lang,res:1080'],
    [{ quality: '360', kind: 'audio' }, SOUND, 'lang,res:360,vcodec:h264'],
  ])('asks for %j', (wish, formats, first) => {
    const args = download({ wish });
    expect(valuesOf('-f', args)).toEqual([formats]);
    expect(valuesOf('-S', args)).toEqual([`${first},quality,fps,hdr:12,acodec:aac`]);
    expect(args).not.toContain('-x');
  });

  it.each<[Wish['kind'], string]>([
    ['video', 'b*[filesize<=?1000][filesize_approx<=?1000]/wv*+wa/w*'],
    ['audio', 'ba*[filesize<=?1000][filesize_approx<=?1000]/wa*'],
  ])('takes any %s when relaxed', (kind, formats) => {
    expect(valuesOf('-f', download({ relaxed: true, wish: { quality: 'best', kind } }))).toEqual([formats]);
  });

  it.each<[Platform, string]>([
    ['youtube', 'youtube,-generic'],
    ['youtube_shorts', 'youtube,-generic'],
    ['tiktok', 'tiktok,vm.tiktok,-generic'],
    ['instagram', 'instagram,instagram:story,-generic'],
    ['pinterest', 'pinterest,-generic'],
    ['direct', 'generic,html5'],
  ])('lets a link of %s reach %s alone', (platform, extractors) => {
    expect(valuesOf('--use-extractors', download({ platform }))).toEqual([extractors]);
  });

  it('puts an address that looks like an option where it is none', () => {
    const args = download({ source: { url: '--exec=rm' } });
    expect(args.indexOf('--')).toBe(args.indexOf('--exec=rm') - 1);
  });

  it('names only the programs that are there', () => {
    const args = download({ denoPath: null, ffmpegDir: null });
    expect(args).not.toContain('--js-runtimes');
    expect(args).not.toContain('--ffmpeg-location');
  });

  it.each<[string, string[]]>([
    ['2026.07.04', []],
    ['2025.06.30', ['--js-runtimes', '--no-remote-components']],
    ['2024.08.06', ['--js-runtimes', '--no-remote-components', '--no-plugin-dirs']],
    [
      '2023.03.04',
      [
        '--js-runtimes',
        '--no-remote-components',
        '--no-plugin-dirs',
        '--progress-delta',
        '--color',
        '--xff',
        '--no-quiet',
      ],
    ],
  ])('keeps from version %s the options that it does not know', (version, unknown) => {
    const left = new Set(download({ version }));
    const missing = download().filter((argument) => argument.startsWith('-') && !left.has(argument));
    expect(missing.sort()).toEqual(unknown.sort());
  });
});
