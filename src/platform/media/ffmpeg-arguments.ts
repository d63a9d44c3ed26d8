import type { MediaFacts, VideoFacts } from './media-facts.js';
import { even } from './ratio.js';

const AUDIO_BITS_PER_SEC = 128_000;
/** Containers and the swings of rate control take a share of what was planned for the streams. */
const PAYLOAD_SHARE = 0.93;
/** What level 4.1 allows: 1080p at 30 pictures a second. */
const LEVEL_41_MACROBLOCKS_PER_SEC = 245_760;
const LEVEL_41_BITS_PER_SEC = 62_500_000;
const LONG_SIDE = 1920;
const SHORT_SIDE = 1080;

type WithVideo = MediaFacts & { video: VideoFacts };

export function copyArguments(facts: WithVideo, { squareLabel }: { squareLabel: boolean }): string[] {
  const { video } = facts;
  return [
    ...streamArguments(facts),
    ...['-c:v', 'copy'],
    // A label of its own in the container and in the bitstream: changing one leaves the other.
    ...(squareLabel ? ['-aspect', `${video.width}:${video.height}`, '-bsf:v', squareFilter(video)] : []),
    // Apple's players know HEVC by this tag alone.
    ...(video.codec === 'hevc' ? ['-tag:v', 'hvc1'] : []),
    ...audioArguments(facts),
    ...containerArguments(),
  ];
}

export interface EncodeOptions {
  width: number;
  height: number;
  tonemap: boolean;
  maxBytes?: number;
}

/** ffmpeg turns the picture by its rotation before the filters, so `width` and `height` are the ones seen. */
export function encodeArguments(facts: WithVideo, { width, height, tonemap, maxBytes }: EncodeOptions): string[] {
  const filters = [
    // First, so that the costly filters see no more pixels than they must.
    `scale=${width}:${height}`,
    ...(tonemap ? tonemapFilters(facts.video) : []),
    'setsar=1',
    'format=yuv420p',
  ];
  return [
    ...streamArguments(facts),
    ...['-vf', filters.join(',')],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '23', '-pix_fmt', 'yuv420p', '-profile:v', 'high'],
    ...levelArguments(width, height, facts.video.fps),
    ...rateArguments(facts.durationSec, maxBytes),
    ...audioArguments(facts),
    ...containerArguments(),
  ];
}

/** Encoded pictures are at most 1080p, upright or lying, and keep their shape. */
export function encodedSize(displayWidth: number, displayHeight: number): { width: number; height: number } {
  const long = Math.max(displayWidth, displayHeight);
  const short = Math.min(displayWidth, displayHeight);
  const factor = Math.min(1, LONG_SIDE / long, SHORT_SIDE / short);
  return { width: even(displayWidth * factor), height: even(displayHeight * factor) };
}

function streamArguments({ video, audio }: WithVideo): string[] {
  return ['-map', `0:${video.index}`, ...(audio ? ['-map', `0:${audio.index}`] : []), '-map_chapters', '-1'];
}

function audioArguments({ audio }: MediaFacts): string[] {
  if (!audio) return [];
  return audio.codec === 'aac' ? ['-c:a', 'copy'] : ['-c:a', 'aac', '-b:a', String(AUDIO_BITS_PER_SEC), '-ac', '2'];
}

function containerArguments(): string[] {
  return ['-movflags', '+faststart', '-f', 'mp4'];
}

function squareFilter({ codec }: VideoFacts): string {
  return `${codec === 'hevc' ? 'hevc' : 'h264'}_metadata=sample_aspect_ratio=1/1`;
}

/** HDR to SDR in linear light. The source's colours are said aloud: the filter refuses to guess. */
function tonemapFilters({ colorTransfer }: VideoFacts): string[] {
  return [
    `zscale=tin=${colorTransfer ?? 'smpte2084'}:min=bt2020nc:pin=bt2020:t=linear:npl=100`,
    'format=gbrpf32le',
    'zscale=p=bt709',
    'tonemap=tonemap=hable:desat=0',
    'zscale=t=bt709:m=bt709:r=tv',
  ];
}

function levelArguments(width: number, height: number, fps: number | null): string[] {
  const macroblocks = Math.ceil(width / 16) * Math.ceil(height / 16);
  return macroblocks * (fps ?? 30) <= LEVEL_41_MACROBLOCKS_PER_SEC ? ['-level', '4.1'] : [];
}

function rateArguments(durationSec: number | null, maxBytes: number | undefined): string[] {
  if (durationSec === null || maxBytes === undefined) return [];
  const perSec = Math.floor((maxBytes * 8 * PAYLOAD_SHARE) / durationSec) - AUDIO_BITS_PER_SEC;
  const videoBits = Math.min(Math.max(perSec, AUDIO_BITS_PER_SEC), LEVEL_41_BITS_PER_SEC);
  return ['-maxrate', String(videoBits), '-bufsize', String(videoBits * 2)];
}
