import { flag, number, text } from '../../platform/config/setting.js';
import { defineConfig, type ConfigOf } from '../../platform/config/settings.js';

export const downloadsConfig = defineConfig('Downloads', {
  maxUserWaitSec: number('MAX_USER_WAIT_SEC', {
    default: 180,
    description: 'After this long the person is told that it goes on in the background',
  }),
  maxDownloadSec: number('MAX_DOWNLOAD_SEC', { default: 1_800, description: 'A download is ended after this long' }),
  directEnabled: flag('DOWNLOAD_DIRECT_ENABLED', {
    default: false,
    description: 'Take links to any web address, not only to the known platforms',
  }),
  concurrency: number('DOWNLOAD_CONCURRENCY', { default: 8, description: 'Downloads of one process at once' }),
  stallSec: number('DOWNLOAD_STALL_SEC', { default: 30, description: 'No new bytes for this long is a stall' }),
  maxDurationSec: number('DOWNLOAD_MAX_DURATION_SEC', { default: 18_000, description: 'Longest video that is taken' }),
  maxActivePerUser: number('DOWNLOAD_MAX_ACTIVE_PER_USER', {
    default: 3,
    description: 'Downloads of one person that move at once; more wait',
  }),
  ytDlpPath: text('YTDLP_PATH', {
    whenUnset: 'the one that setup has installed, else the one on PATH',
    description: 'yt-dlp',
  }),
});

export type DownloadsConfig = ConfigOf<typeof downloadsConfig>;
