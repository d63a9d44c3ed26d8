import type { AudioFacts, MediaFacts, VideoFacts } from '../media-facts.js';
import { displaySize } from '../ffprobe-output.js';
import { SQUARE } from '../ratio.js';

type Changes = Partial<Omit<MediaFacts, 'video' | 'audio'>> & {
  video?: Partial<VideoFacts>;
  audio?: Partial<AudioFacts> | null;
};

/** A minute of 720p that plays everywhere, with what a test changes about it. */
export function factsOf({ video = {}, audio = {}, ...more }: Changes = {}): MediaFacts {
  const shape = { width: 1280, height: 720, sar: SQUARE, rotation: 0, ...video };
  const [displayWidth, displayHeight] = displaySize(shape);
  return {
    video: {
      index: 0,
      codec: 'h264',
      codecTag: 'avc1',
      profile: 'High',
      pixFmt: 'yuv420p',
      bitstreamSar: shape.sar,
      displayWidth,
      displayHeight,
      colorTransfer: 'bt709',
      fps: 30,
      ...shape,
      ...video,
    },
    audio: audio && { index: 1, codec: 'aac', channels: 2, ...audio },
    durationSec: 60,
    sizeBytes: 10_000_000,
    formatName: 'mov,mp4,m4a,3gp,3g2,mj2',
    majorBrand: 'isom',
    indexInFront: true,
    isCutOff: false,
    title: null,
    ...more,
  };
}
