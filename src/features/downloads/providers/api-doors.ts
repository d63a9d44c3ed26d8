import type { DownloadsConfig } from '../downloads.config.js';

interface ApiDoor {
  /** Where the real one is; null: every operator has his own. */
  url: string | null;
  /** What the environment says instead. */
  configured(config: DownloadsConfig): string | undefined;
  /** A key for it from the environment. */
  key(config: DownloadsConfig): string | undefined;
}

/** Where the adapters of APIs knock, unless the operator's row says otherwise. */
export const API_DOORS: Readonly<Record<string, ApiDoor>> = {
  savenow: {
    url: 'https://youtube-info-download-api.p.rapidapi.com',
    configured: ({ rapidApiYtBaseUrl }) => rapidApiYtBaseUrl,
    key: ({ rapidApiKey }) => rapidApiKey,
  },
  rapidapi: {
    url: 'https://social-download-all-in-one.p.rapidapi.com',
    configured: ({ rapidApiSocialBaseUrl }) => rapidApiSocialBaseUrl,
    key: ({ rapidApiKey }) => rapidApiKey,
  },
  'video-download-api': {
    url: 'https://p.savenow.to',
    configured: ({ savenowBaseUrl }) => savenowBaseUrl,
    key: () => undefined,
  },
  'youtube-download-api': {
    url: 'https://p.savenow.to',
    configured: ({ savenowBaseUrl }) => savenowBaseUrl,
    key: () => undefined,
  },
  cobalt: { url: null, configured: ({ cobaltApiUrl }) => cobaltApiUrl, key: () => undefined },
};
