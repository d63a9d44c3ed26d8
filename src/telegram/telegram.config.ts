import { flag, number, oneOf, text, url } from '../platform/config/setting.js';
import { defineConfig, type ConfigOf } from '../platform/config/settings.js';

export const telegramConfig = defineConfig('Telegram', {
  apiRoot: url('TELEGRAM_API_ROOT', {
    default: 'https://api.telegram.org',
    description: 'Bot API server; may be a local one',
  }),
  mode: oneOf('TELEGRAM_MODE', ['polling', 'webhook'], { default: 'polling', description: 'How updates come' }),
  webhookSecret: text('TELEGRAM_WEBHOOK_SECRET', {
    secret: true,
    whenUnset: 'made from JWT_SECRET',
    description: 'What Telegram sends back with each update, 1–256 of A-Z a-z 0-9 _ -',
  }),
  uploadLimitMb: number('TELEGRAM_UPLOAD_LIMIT_MB', {
    default: 50,
    description: 'Largest file the Bot API server takes: 50, or 2000 with a local one',
  }),
  localFiles: flag('TELEGRAM_LOCAL_FILES', {
    default: false,
    description: 'Hand files over as paths: only when a local Bot API server shares the disk',
  }),
  downloaderToken: text('DOWNLOADER_BOT_TOKEN', { secret: true, description: 'Token of the downloader bot' }),
  generationToken: text('GENERATION_BOT_TOKEN', { secret: true, description: 'Token of the generation bot' }),
  supportContact: text('SUPPORT_CONTACT', {
    whenUnset: 'the bots name nobody',
    description: 'Whom people write to: @name, a link or words',
  }),
  ratePerSec: number('BOT_RATE_PER_SEC', { default: 1, description: 'Messages a second that one person may send' }),
  rateBurst: number('BOT_RATE_BURST', { default: 5, description: 'Messages that one person may send at once' }),
  statusEditEverySec: number('STATUS_EDIT_EVERY_SEC', {
    default: 5,
    description: 'Shortest time between two edits of progress in a chat',
  }),
  sessionTtlHours: number('SESSION_TTL_HOURS', { default: 72, description: 'How long a conversation is remembered' }),
});

export type TelegramConfig = ConfigOf<typeof telegramConfig>;
