import { text } from '../config/setting.js';
import { defineConfig, type ConfigOf } from '../config/settings.js';

export const mediaConfig = defineConfig('Media programs', {
  ffmpegPath: text('FFMPEG_PATH', { whenUnset: 'the one on PATH', description: 'ffmpeg' }),
  ffprobePath: text('FFPROBE_PATH', {
    whenUnset: 'beside ffmpeg on PATH, else the packaged one',
    description: 'ffprobe',
  }),
});

export type MediaConfig = ConfigOf<typeof mediaConfig>;
