import { list, number, numbered, numbers, text, url } from '../../platform/config/setting.js';
import { defineConfig, type ConfigOf } from '../../platform/config/settings.js';

export const generationConfig = defineConfig('Generation', {
  kieBaseUrl: url('KIE_BASE_URL', {
    whenUnset: 'https://api.kie.ai, or its stand-in in the sandbox',
    description: 'Where KIE is asked',
  }),
  kieUploadBaseUrl: url('KIE_UPLOAD_BASE_URL', {
    whenUnset: 'https://kieai.redpandaai.co, or the stand-in in the sandbox',
    description: 'Where photos are uploaded to KIE',
  }),
  kieApiKeys: numbered('KIE_API_KEY', {
    secret: true,
    description: 'Key of KIE; others may be added in the panel',
  }),
  kieWebhookHmacKey: text('KIE_WEBHOOK_HMAC_KEY', {
    secret: true,
    whenUnset: 'signatures of callbacks are not asked for',
    description: 'The webhookHmacKey of the settings of KIE',
  }),
  kieModels: list('KIE_MODELS', {
    default: ['bytedance/seedance-2', 'sora-2-image-to-video'],
    description: 'Models of KIE, the preferred one first',
  }),
  pollFirstSec: number('GENERATION_POLL_FIRST_SEC', { default: 10, description: 'First look at a new task of KIE' }),
  pollEverySec: number('GENERATION_POLL_EVERY_SEC', { default: 15, description: 'Further looks at it' }),
  maxMin: number('GENERATION_MAX_MIN', { default: 30, description: 'A task of KIE is given up after this long' }),
  maxAttempts: number('GENERATION_MAX_ATTEMPTS', { default: 3, description: 'Tries of a video in all' }),
  rateLimitDelaysSec: numbers('GENERATION_RATE_LIMIT_DELAYS_SEC', {
    default: [60, 120, 240],
    description: 'Waits before the next try when KIE is asked too often',
  }),
  temporaryDelaysSec: numbers('GENERATION_TEMPORARY_DELAYS_SEC', {
    default: [10, 20, 40],
    description: 'Waits before the next try when something has failed that may pass',
  }),
  concurrency: number('GENERATION_CONCURRENCY', {
    default: 20,
    description: 'Jobs of one process that a worker is busy with at once; those that KIE works on do not count',
  }),
  maxInFlightPerUser: number('GENERATION_MAX_IN_FLIGHT_PER_USER', {
    default: 10,
    description: 'Jobs of one person that move at once; more wait',
  }),
  welcomeCredits: number('WELCOME_CREDITS', { default: 2, description: 'Credits that come with the first photo' }),
  welcomeCreditsPerDay: number('WELCOME_CREDITS_PER_DAY', {
    default: 1000,
    description: 'Welcome credits of all newcomers of a day',
  }),
  keepPhotosDays: number('KEEP_GENERATION_PHOTOS', {
    default: 30,
    description: 'Days that a photo is kept after its last job',
  }),
  keepResultsDays: number('KEEP_GENERATION_RESULTS', { default: 180, description: 'Days that videos are kept' }),
});

export type GenerationConfig = ConfigOf<typeof generationConfig>;
