import type { Ratio } from './ratio.js';

export interface VideoFacts {
  /** Of the stream in the file; cover art is passed over. */
  index: number;
  /** As ffmpeg names it: `h264`, `hevc`, `vp9`, `av1` … */
  codec: string;
  codecTag: string;
  profile: string | null;
  pixFmt: string | null;
  /** Pixels as they are coded, before pixel shape and rotation. */
  width: number;
  height: number;
  /** Pixel shape as the container says; 1:1 when it does not. */
  sar: Ratio;
  /** Pixel shape as the elementary stream says; null when the codec is neither H.264 nor HEVC. */
  bitstreamSar: Ratio | null;
  /** Degrees that a player turns the picture: 0, 90, 180 or 270. */
  rotation: number;
  /** What a viewer sees: pixel shape and rotation applied, even numbers. */
  displayWidth: number;
  displayHeight: number;
  colorTransfer: string | null;
  fps: number | null;
}

export interface AudioFacts {
  index: number;
  codec: string;
  channels: number;
}

export interface MediaFacts {
  video: VideoFacts | null;
  audio: AudioFacts | null;
  /** Null when the file does not say, as recordings of browsers do not. */
  durationSec: number | null;
  sizeBytes: number;
  /** ffmpeg's list of names of the format, e.g. `mov,mp4,m4a,3gp,3g2,mj2`. */
  formatName: string;
  /** Of the MP4 family; `qt  ` is QuickTime. */
  majorBrand: string | null;
  /** Whether playing can start before everything is there (`moov` before `mdat`); null outside the MP4 family. */
  indexInFront: boolean | null;
  /** The file ends before its contents do; known of the MP4 family only, false elsewhere. */
  isCutOff: boolean;
  title: string | null;
}
