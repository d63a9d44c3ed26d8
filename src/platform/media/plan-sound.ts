import type { FixPlan } from './fix-plan.js';
import type { AudioFacts, MediaFacts } from './media-facts.js';

const BITS_PER_SEC = 192_000;
const LEAST_TIME_LIMIT_SEC = 60;
const TIME_LIMIT_PER_SEC = 0.5;
/** QuickTime, and pieces of a stream that were put one after the other: players of music do not take them. */
const UNUSUAL_BRANDS = new Set(['qt', 'dash']);

/**
 * The cheapest way to sound that plays everywhere: MP3 as it is, AAC in an M4A with its index in front, everything else
 * encoded to that. The picture, if there is one, is left out.
 * @returns null when there is no sound
 */
export function planSound(facts: MediaFacts): FixPlan | null {
  const { audio, durationSec } = facts;
  if (!audio) return null;
  const plan: Omit<FixPlan, 'fix' | 'reason' | 'args'> = {
    sendWidth: 0,
    sendHeight: 0,
    encodesVideo: false,
    estimatedSec: null,
    timeLimitSec: Math.max(LEAST_TIME_LIMIT_SEC, TIME_LIMIT_PER_SEC * (durationSec ?? 0)),
    mayNotPlayEverywhere: false,
    expected: { durationSec, audio: true, squarePixels: false, videoCodec: null },
  };
  if (isMp3(facts)) return { ...plan, fix: 'keep', reason: 'MP3', args: [] };
  const args = soundArguments(audio);
  if (!isM4a(facts)) return { ...plan, fix: 'sound', reason: `${audio.codec} in ${facts.formatName}`, args };
  if (facts.indexInFront !== true) return { ...plan, fix: 'faststart', reason: 'the index is at the end', args };
  return { ...plan, fix: 'keep', reason: 'M4A', args: [] };
}

function soundArguments({ index, codec }: AudioFacts): string[] {
  return [
    ...['-map', `0:${index}`, '-map_chapters', '-1'],
    ...(codec === 'aac' ? ['-c:a', 'copy'] : ['-c:a', 'aac', '-b:a', String(BITS_PER_SEC), '-ac', '2']),
    ...['-movflags', '+faststart', '-f', 'ipod'],
  ];
}

function isMp3({ video, audio, formatName }: MediaFacts): boolean {
  return video === null && audio?.codec === 'mp3' && formatName === 'mp3';
}

function isM4a({ video, audio, formatName, majorBrand }: MediaFacts): boolean {
  const isMp4 = formatName.split(',').includes('mp4') && !UNUSUAL_BRANDS.has(majorBrand?.trim() ?? '');
  return isMp4 && video === null && audio?.codec === 'aac';
}
