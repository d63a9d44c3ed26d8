import { flag, number, text, url } from '../../platform/config/setting.js';
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
  backgroundFromSec: number('BACKGROUND_FROM_SEC', {
    default: 1_800,
    description: 'Videos of this length or more go to the background at once',
  }),
  diskReserveGb: number('DISK_RESERVE_GB', {
    default: 5,
    description: 'With less free space than this no download is begun',
  }),
  cooldownHardKillMin: number('COOLDOWN_HARD_KILL_MIN', {
    default: 30,
    description: 'First cooldown of a provider that was refused',
  }),
  cooldownStallMin: number('COOLDOWN_STALL_MIN', {
    default: 15,
    description: 'First cooldown of a provider that stalls',
  }),
  cooldownMaxMin: number('COOLDOWN_MAX_MIN', {
    default: 60,
    description: 'Longest cooldown, however often it is doubled',
  }),
  cooldownStallThreshold: number('COOLDOWN_STALL_THRESHOLD', {
    default: 3,
    description: 'Downloads within an hour that must stall before a cooldown',
  }),
  keepAttemptsDays: number('KEEP_ATTEMPTS', {
    default: 90,
    description: 'Days that download attempts and errors are kept',
  }),
  keepRequestsDays: number('KEEP_REQUESTS', { default: 365, description: 'Days that download requests are kept' }),
  rapidApiKey: text('RAPIDAPI_KEY', {
    secret: true,
    description: 'Key of RapidAPI for the providers savenow and rapidapi, unless they have one of their own',
  }),
  rapidApiYtBaseUrl: url('RAPIDAPI_YT_BASE_URL', {
    whenUnset: 'the real host, or its stand-in in the sandbox',
    description: 'Where the provider savenow asks',
  }),
  rapidApiSocialBaseUrl: url('RAPIDAPI_SOCIAL_BASE_URL', {
    whenUnset: 'the real host, or its stand-in in the sandbox',
    description: 'Where the provider rapidapi asks',
  }),
  savenowBaseUrl: url('SAVENOW_BASE_URL', {
    whenUnset: 'the real host, or its stand-in in the sandbox',
    description: 'Where the providers video-download-api and youtube-download-api ask',
  }),
  cobaltApiUrl: url('COBALT_API_URL', {
    whenUnset: 'none, or its stand-in in the sandbox',
    description: 'The own instance of cobalt',
  }),
  pytubefixPython: text('PYTUBEFIX_PYTHON', {
    whenUnset: 'the one that setup has installed, else python3 on PATH',
    description: 'Python that has pytubefix',
  }),
  ytDlpPath: text('YTDLP_PATH', {
    whenUnset: 'the one that setup has installed, else the one on PATH',
    description: 'yt-dlp',
  }),
});

export type DownloadsConfig = ConfigOf<typeof downloadsConfig>;
