import { encodingReason, isHdr } from './encoding-reason.js';
import { copyArguments, encodeArguments, encodedSize } from './ffmpeg-arguments.js';
import type { Fix, FixOptions, FixPlan } from './fix-plan.js';
import type { MediaFacts, VideoFacts } from './media-facts.js';
import { pixelShape, type PixelShape } from './pixel-shape.js';

/** Two cores at x264's `veryfast`. */
const DEFAULT_MEGAPIXELS_PER_SEC = 50;
/** Tone mapping works in floating point and costs more than the encoding. */
const TONEMAP_SLOWDOWN = 2.5;
const UNKNOWN_FPS = 30;
const LEAST_TIME_LIMIT_SEC = 60;
const TIME_LIMIT_PER_SEC = 1.5;

/** The cheapest way to a video that plays everywhere, decided from facts alone. */
export function planFix(facts: MediaFacts, options: FixOptions = {}): FixPlan {
  const { video } = facts;
  if (!video) return asDocument(facts, 'there is no picture');
  return new Planner({ ...facts, video }, options).plan();
}

class Planner {
  private readonly shape: PixelShape;
  private readonly tonemap: boolean;
  private readonly estimatedSec: number | null;
  private readonly tooSlow: boolean;

  constructor(
    private readonly facts: MediaFacts & { video: VideoFacts },
    private readonly options: FixOptions,
  ) {
    this.shape = pixelShape(facts.video, options.squarePixels ?? false);
    this.tonemap = isHdr(facts.video) && options.canTonemap === true;
    this.estimatedSec = this.estimate();
    this.tooSlow = options.mayEncode === false || (this.estimatedSec !== null && this.estimatedSec > timeLimit(facts));
  }

  plan(): FixPlan {
    const reason = encodingReason(this.facts.video);
    if (reason !== null) return this.tooSlow ? this.unencoded(reason) : this.encode('transcode', reason);
    if (this.shape.kind === 'anamorphic' && !this.tooSlow) return this.encode('scale', this.shape.reason);
    return this.copy();
  }

  /** Where encoding would take too long: HEVC plays on many devices, the others are only good for downloading. */
  private unencoded(reason: string): FixPlan {
    const because = `${reason}, and encoding would take too long`;
    if (this.facts.video.codec !== 'hevc') return asDocument(this.facts, because);
    return { ...this.copyWith('remux', because), mayNotPlayEverywhere: true };
  }

  private copy(): FixPlan {
    const { audio } = this.facts;
    if (audio && audio.codec !== 'aac') return this.copyWith('audio', `${audio.codec} sound does not play everywhere`);
    if (this.shape.kind === 'mislabelled') return this.copyWith('remux', this.shape.reason);
    if (!isMp4(this.facts)) return this.copyWith('remux', `the container is ${this.facts.formatName}`);
    if (this.facts.indexInFront !== true) return this.copyWith('faststart', 'the index is at the end');
    return { ...this.copyWith('keep', this.shape.reason), args: [] };
  }

  private copyWith(fix: Fix, reason: string): FixPlan {
    const { facts, shape } = this;
    return {
      ...common(facts),
      fix,
      reason,
      args: copyArguments(facts, { squareLabel: shape.kind === 'mislabelled' }),
      sendWidth: shape.displayWidth,
      sendHeight: shape.displayHeight,
      expected: expected(facts, { squarePixels: shape.kind !== 'anamorphic', videoCodec: facts.video.codec }),
    };
  }

  private encode(fix: Fix, reason: string): FixPlan {
    const { facts, tonemap } = this;
    const { width, height } = this.size();
    return {
      ...common(facts),
      fix,
      reason,
      args: encodeArguments(facts, { width, height, tonemap, maxBytes: this.options.maxBytes }),
      sendWidth: width,
      sendHeight: height,
      encodesVideo: true,
      estimatedSec: this.estimatedSec,
      expected: expected(facts, { squarePixels: true, videoCodec: 'h264' }),
    };
  }

  private size(): { width: number; height: number } {
    return encodedSize(this.shape.displayWidth, this.shape.displayHeight);
  }

  /** Decoding counts with the pixels that are there, encoding with those that come out. */
  private estimate(): number | null {
    const { video, durationSec } = this.facts;
    if (durationSec === null) return null;
    const { width, height } = this.size();
    const pixels = Math.max(video.width * video.height, width * height) * (video.fps ?? UNKNOWN_FPS) * durationSec;
    const speed = (this.options.encodeMegapixelsPerSec ?? DEFAULT_MEGAPIXELS_PER_SEC) * 1e6;
    return (pixels / speed) * (this.tonemap ? TONEMAP_SLOWDOWN : 1);
  }
}

function asDocument(facts: MediaFacts, reason: string): FixPlan {
  return {
    ...common(facts),
    fix: 'document',
    reason,
    args: [],
    sendWidth: facts.video?.displayWidth ?? 0,
    sendHeight: facts.video?.displayHeight ?? 0,
    expected: expected(facts, { squarePixels: false, videoCodec: facts.video?.codec ?? 'none' }),
  };
}

function common(
  facts: MediaFacts,
): Pick<FixPlan, 'encodesVideo' | 'estimatedSec' | 'mayNotPlayEverywhere' | 'timeLimitSec'> {
  return { encodesVideo: false, estimatedSec: null, mayNotPlayEverywhere: false, timeLimitSec: timeLimit(facts) };
}

function expected(
  { durationSec, audio }: MediaFacts,
  more: Pick<FixPlan['expected'], 'squarePixels' | 'videoCodec'>,
): FixPlan['expected'] {
  return { durationSec, audio: audio !== null, ...more };
}

function timeLimit({ durationSec }: MediaFacts): number {
  return Math.max(LEAST_TIME_LIMIT_SEC, TIME_LIMIT_PER_SEC * (durationSec ?? 0));
}

/** ffmpeg reads MP4 and QuickTime alike; the brand tells them apart. */
function isMp4({ formatName, majorBrand }: MediaFacts): boolean {
  return formatName.split(',').includes('mp4') && majorBrand?.trim() !== 'qt';
}
