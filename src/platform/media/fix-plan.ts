/**
 * What has to be done so that the file plays well everywhere, cheapest first.
 * - `keep`: nothing.
 * - `faststart`, `remux`: streams are copied.
 * - `audio`: the picture is copied, the sound encoded.
 * - `scale`: encoded because of the pixel shape. `transcode`: encoded because of the codec.
 * - `document`: nothing helps in time; send it as a file.
 * - `sound`: the sound alone is wanted, and is taken out, copied or encoded.
 */
export type Fix = 'keep' | 'faststart' | 'remux' | 'audio' | 'scale' | 'transcode' | 'document' | 'sound';

export interface FixPlan {
  fix: Fix;
  /** For logs and the operator. */
  reason: string;
  /** ffmpeg arguments between input and output; empty for `keep` and `document`. */
  args: string[];
  /** To be sent with the video: what a viewer sees, even numbers. 0 without a picture. */
  sendWidth: number;
  sendHeight: number;
  /** True for `scale` and `transcode`: the expensive ones. */
  encodesVideo: boolean;
  /** How long the encoding may take about; null when no picture is encoded or the duration is not known. */
  estimatedSec: number | null;
  /** After this the fix is not worth waiting for. */
  timeLimitSec: number;
  /** The user should get a word that some players cannot show it. */
  mayNotPlayEverywhere: boolean;
  expected: ExpectedResult;
}

/** What the result is checked against. */
export interface ExpectedResult {
  durationSec: number | null;
  audio: boolean;
  squarePixels: boolean;
  /** null: there is to be no picture. */
  videoCodec: string | null;
}

export interface FixOptions {
  /** It is known of the source that its square pixels are labelled wrongly. */
  squarePixels?: boolean;
  /** ffmpeg has the filters that turn HDR into SDR. Without them HDR looks pale. */
  canTonemap?: boolean;
  /** Speed of the machine: pixels that it encodes in a second, in millions. */
  encodeMegapixelsPerSec?: number;
  /** The result should not be larger. */
  maxBytes?: number;
  /** False after an encoding has run into its time limit: plan as if it always would. */
  mayEncode?: boolean;
}
