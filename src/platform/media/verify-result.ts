import type { ExpectedResult } from './fix-plan.js';
import type { MediaFacts } from './media-facts.js';
import { MediaError } from './media-error.js';
import { isSquare } from './ratio.js';

const DURATION_WITHIN = 0.01;
const DURATION_WITHIN_SEC = 0.5;

/** @throws MediaError `verification_failed`, with everything that is wrong */
export function verifyResult(result: MediaFacts, expected: ExpectedResult): void {
  const problems = [
    ...videoProblems(result, expected),
    ...(expected.audio && !result.audio ? ['the sound is lost'] : []),
    ...(result.indexInFront === true ? [] : ['the index is not in front']),
    ...durationProblems(result.durationSec, expected.durationSec),
  ];
  if (problems.length > 0) throw new MediaError('verification_failed', problems.join('; '));
}

function videoProblems({ video }: MediaFacts, { videoCodec, squarePixels }: ExpectedResult): string[] {
  if (videoCodec === null) return video ? ['there is still a picture'] : [];
  if (!video) return ['the picture is lost'];
  return [
    ...(video.codec === videoCodec ? [] : [`the picture is ${video.codec} instead of ${videoCodec}`]),
    ...(squarePixels && !isSquare(video.sar) ? ['the container does not say square pixels'] : []),
    ...(squarePixels && video.bitstreamSar && !isSquare(video.bitstreamSar)
      ? ['the bitstream does not say square pixels']
      : []),
  ];
}

function durationProblems(actual: number | null, expected: number | null): string[] {
  if (expected === null) return [];
  const allowed = Math.max(DURATION_WITHIN_SEC, expected * DURATION_WITHIN);
  if (actual !== null && Math.abs(actual - expected) <= allowed) return [];
  return [`it lasts ${actual ?? 0} s instead of ${expected} s`];
}
