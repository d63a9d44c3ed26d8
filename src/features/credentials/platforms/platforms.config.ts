import { text, url } from '../../../platform/config/setting.js';
import { defineConfig, type ConfigOf } from '../../../platform/config/settings.js';

const secret = (env: string, description: string) => text(env, { secret: true, description });

/** Defaults of base URLs are in the platforms' own folders: unset they mean the real one, or its stand-in. */
export const platformsConfig = defineConfig('Platforms', {
  oauthRedirectBaseUrl: url('OAUTH_REDIRECT_BASE_URL', {
    whenUnset: 'PUBLIC_BASE_URL',
    description: 'Where platforms send browsers back to; registered there with /api/v1/oauth/{platform}/callback',
  }),
  googleApiRoot: url('GOOGLE_API_ROOT', { whenUnset: 'https://www.googleapis.com', description: 'YouTube and Drive' }),
  googleAuthUrl: url('GOOGLE_OAUTH_AUTH_URL', {
    whenUnset: 'https://accounts.google.com/o/oauth2/v2/auth',
    description: 'Consent page of Google',
  }),
  googleTokenUrl: url('GOOGLE_OAUTH_TOKEN_URL', {
    whenUnset: 'https://oauth2.googleapis.com/token',
    description: 'Tokens of Google',
  }),
  googleClientId: text('GOOGLE_CLIENT_ID', { description: 'OAuth client for YouTube and Google Drive' }),
  googleClientSecret: secret('GOOGLE_CLIENT_SECRET', 'Of that client'),
  vkApiRoot: url('VK_API_ROOT', { whenUnset: 'https://api.vk.com', description: 'VK API' }),
  vkOAuthRoot: url('VK_OAUTH_ROOT', { whenUnset: 'https://id.vk.com', description: 'VK ID' }),
  vkClientId: text('VK_CLIENT_ID', { description: 'Application of VK ID' }),
  vkClientSecret: secret('VK_CLIENT_SECRET', 'Of that application; VK ID does without it'),
  zoomBaseUrl: url('ZOOM_BASE_URL', { whenUnset: 'https://api.zoom.us/v2', description: 'Zoom API' }),
  zoomOAuthUrl: url('ZOOM_OAUTH_URL', { whenUnset: 'https://zoom.us', description: 'Authorisation of Zoom' }),
  zoomClientId: text('ZOOM_CLIENT_ID', { description: 'OAuth client for Zoom' }),
  zoomClientSecret: secret('ZOOM_CLIENT_SECRET', 'Of that client'),
  yandexDiskBaseUrl: url('YANDEX_DISK_BASE_URL', {
    whenUnset: 'https://cloud-api.yandex.net/v1/disk',
    description: 'Yandex Disk API',
  }),
  yandexOAuthRoot: url('YANDEX_OAUTH_ROOT', {
    whenUnset: 'https://oauth.yandex.ru',
    description: 'Authorisation of Yandex',
  }),
  yandexClientId: text('YANDEX_CLIENT_ID', { description: 'OAuth client for Yandex Disk' }),
  yandexClientSecret: secret('YANDEX_CLIENT_SECRET', 'Of that client'),
  dropboxApiRoot: url('DROPBOX_API_ROOT', { whenUnset: 'https://api.dropboxapi.com', description: 'Dropbox API' }),
  dropboxContentRoot: url('DROPBOX_CONTENT_ROOT', {
    whenUnset: 'https://content.dropboxapi.com',
    description: 'Files of Dropbox',
  }),
  dropboxOAuthRoot: url('DROPBOX_OAUTH_ROOT', {
    whenUnset: 'https://www.dropbox.com',
    description: 'Consent page of Dropbox',
  }),
  dropboxClientId: text('DROPBOX_CLIENT_ID', { description: 'OAuth client for Dropbox' }),
  dropboxClientSecret: secret('DROPBOX_CLIENT_SECRET', 'Of that client'),
});

export type PlatformsConfig = ConfigOf<typeof platformsConfig>;
