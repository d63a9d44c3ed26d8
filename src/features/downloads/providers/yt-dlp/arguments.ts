import { join } from 'node:path';
import type { Platform } from '../../links/media-link.js';
import type { DownloadLimits, Wish } from '../provider.js';
import { wishedHeight } from '../wished-height.js';
import { isAtLeast } from './version.js';

/** What yt-dlp is told whatever it does. */
export interface CommonSettings {
  version: string;
  platform: Platform;
  proxyUrl: string;
  /** Solved challenges are kept here, a folder for each version. */
  cacheDir: string;
  /** The JavaScript runtime for YouTube's challenges. */
  denoPath: string | null;
  /** Where ffmpeg and ffprobe are; null leaves it to the search path. */
  ffmpegDir: string | null;
  limits: DownloadLimits;
  wish: Wish;
}

/** Where a run finds what it downloads: a page, or what an earlier run wrote down about it. */
export type Source = { url: string } | { infoFile: string };

export interface DownloadSettings extends CommonSettings {
  source: Source;
  workDir: string;
  /** Takes any format instead of failing when none is as wished. */
  relaxed: boolean;
}

/** Under the attempt's folder. */
export const FOLDERS = { out: 'out', temporary: 'tmp' } as const;
export const INFO_FILE = 'source.info.json';

/** Nobody else's page may lead to another extractor than its platform's own. */
const EXTRACTORS: Record<Platform, string> = {
  youtube: 'youtube,-generic',
  youtube_shorts: 'youtube,-generic',
  tiktok: 'tiktok,vm.tiktok,-generic',
  instagram: 'instagram,instagram:story,-generic',
  pinterest: 'pinterest,-generic',
  direct: 'generic,html5',
};

/** Options that are younger than `OLDEST_VERSION`, and a release that is known to have them. */
const KNOWN_SINCE: Record<string, string> = {
  '--color': '2023.07.06',
  '--xff': '2023.07.06',
  '--no-quiet': '2023.07.06',
  '--progress-delta': '2024.08.06',
  '--no-plugin-dirs': '2025.03.31',
  '--js-runtimes': '2025.11.12',
  '--no-remote-components': '2025.11.12',
};

/** More than what phones show costs bytes and comes in codecs that Telegram's players do not take. */
const BEST_HEIGHT = 1_080;

const PROGRESS_FIELDS =
  'status,downloaded_bytes,total_bytes,total_bytes_estimate,speed,eta,elapsed,fragment_index,fragment_count';
const INFO_FIELDS =
  'id,title,ext,duration,filesize,filesize_approx,width,height,vcodec,acodec,protocol,extractor_key,live_status';

/** One option with its value, if it takes one. */
type Option = [name: string, value?: string];

/** Facts of a medium as JSON on stdout (`null` after a failure), without fetching it. */
export function probeArguments(settings: CommonSettings, url: string): string[] {
  const options: Option[] = [
    ...common(settings),
    ['-f', `${wishedFormats(settings)}/${anyFormat(settings)}`],
    ['-S', sortOrder(settings.wish)],
    ['-J'],
  ];
  return [...written(options, settings.version), '--', url];
}

/** A download that speaks the line protocol of `line-protocol.ts`. */
export function downloadArguments(settings: DownloadSettings): string[] {
  const { limits, source, workDir } = settings;
  const options: Option[] = [
    ...common(settings),
    ['-f', settings.relaxed ? anyFormat(settings) : wishedFormats(settings)],
    ['-S', sortOrder(settings.wish)],
    ['-N', '4'],
    ['--http-chunk-size', '10M'],
    // Without it a lost fragment leaves a hole, and a success.
    ['--abort-on-unavailable-fragments'],
    ['--max-filesize', String(limits.maxBytes)],
    ['--match-filters', matchFilters(limits.maxDurationSec)],
    ['--continue'],
    ['--no-mtime'],
    ['--merge-output-format', 'mp4'],
    ['-P', `home:${join(workDir, FOLDERS.out)}`],
    ['-P', `temp:${join(workDir, FOLDERS.temporary)}`],
    ['-P', `infojson:${workDir}`],
    ['-o', 'media.%(ext)s'],
    // A resumed run must fetch the very same format: it is loaded from here.
    ['--write-info-json'],
    ['-o', `infojson:${INFO_FILE.replace('.info.json', '')}`],
    ['--newline'],
    ['--progress'],
    // `--print` implies quiet, which hides the sleep that a site asks for.
    ['--no-quiet'],
    ['--progress-delta', '1'],
    ['--progress-template', `download:NXP %(progress.{${PROGRESS_FIELDS}})j`],
    ['--progress-template', 'postprocess:NXQ %(progress.{status,postprocessor})j'],
    ['--print', `pre_process:NXI %(.{${INFO_FIELDS}})j`],
    ['--print', `before_dl:NXI %(.{${INFO_FIELDS}})j`],
    ['--print', 'after_move:NXF %(filepath)j'],
  ];
  const from = 'url' in source ? ['--', source.url] : ['--load-info-json', source.infoFile];
  return [...written(options, settings.version), ...from];
}

/** Never among them: what runs programs, reads others' cookies or passwords, or allows `file:` addresses. */
function common({ version, platform, proxyUrl, cacheDir, denoPath, ffmpegDir }: CommonSettings): Option[] {
  return [
    ['--ignore-config'],
    ['--no-update'],
    ['--no-plugin-dirs'],
    ['--no-exec'],
    ['--no-playlist'],
    ['-I', '1'],
    ['--no-cookies-from-browser'],
    ['--color', 'never'],
    ['--encoding', 'utf-8'],
    ['--no-mark-watched'],
    ['--no-wait-for-video'],
    ['--no-live-from-start'],
    ['--cache-dir', join(cacheDir, version)],
    ['--socket-timeout', '15'],
    // Whoever calls decides on trying again.
    ['--retries', '2'],
    ['--fragment-retries', '3'],
    ['--extractor-retries', '1'],
    ['--retry-sleep', '1'],
    ['--file-access-retries', '1'],
    ['--use-extractors', EXTRACTORS[platform]],
    ...(denoPath === null ? [] : ([['--js-runtimes', `deno:${denoPath}`]] satisfies Option[])),
    ['--no-remote-components'],
    ['--xff', 'never'],
    ['--proxy', proxyUrl],
    ...(ffmpegDir === null ? [] : ([['--ffmpeg-location', ffmpegDir]] satisfies Option[])),
  ];
}

function written(options: Option[], version: string): string[] {
  return options
    .filter(([name]) => isAtLeast(version, KNOWN_SINCE[name] ?? version))
    .flatMap(([name, value]) => (value === undefined ? [name] : [name, value]));
}

/** What fits as far as sizes are known; where video and sound come apart, sound gets a tenth. */
function wishedFormats({ wish, limits: { maxBytes } }: CommonSettings): string {
  const fits = atMost(maxBytes);
  if (wish.kind === 'audio') return `ba[ext=m4a]${fits}/ba${fits}/b${fits}`;
  const [video, sound] = [Math.floor(maxBytes * 0.9), Math.floor(maxBytes * 0.1)];
  return `bv*${atMost(video)}+ba${atMost(sound)}/b${fits}`;
}

/** Any single stream that fits (with sound, where sound is wished for), else the smallest of all. */
function anyFormat({ wish, limits: { maxBytes } }: CommonSettings): string {
  const fits = atMost(maxBytes);
  return wish.kind === 'audio' ? `ba*${fits}/wa*` : `b*${fits}/wv*+wa/w*`;
}

/**
 * Telegram's players take H.264 with AAC in MP4 everywhere; what comes so needs no transcoding, so it comes first, except
 * where a height is wished for. `res` is the shorter side: the largest that is not above the limit. It stands before
 * `quality`, which on YouTube is the resolution again, without a limit.
 */
function sortOrder(wish: Wish): string {
  const height = wishedHeight(wish);
  const first = height === null ? `vcodec:h264,lang,res:${BEST_HEIGHT}` : `lang,res:${height},vcodec:h264`;
  return `${first},quality,fps,hdr:12,acodec:aac`;
}

/** `?` lets through what does not say its size. */
const atMost = (bytes: number) => `[filesize<=?${bytes}][filesize_approx<=?${bytes}]`;

function matchFilters(maxDurationSec: number): string {
  return [
    '!is_live',
    'live_status!=?is_upcoming',
    'live_status!=?post_live',
    `duration<=?${Math.floor(maxDurationSec)}`,
  ].join(' & ');
}
