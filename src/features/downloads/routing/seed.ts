import type { DownloadProvider } from './download-provider.entity.js';
import type { RoutingRule } from './routing-rule.entity.js';

/** What a new installation starts with. */
export const seededProviders: Pick<DownloadProvider, 'name' | 'providerType' | 'adapter' | 'priority'>[] = [
  { name: 'yt-dlp', providerType: 'local', adapter: 'yt-dlp', priority: 1 },
  { name: 'direct', providerType: 'local', adapter: 'direct', priority: 2 },
];

export const seededRules: Pick<RoutingRule, 'platform' | 'providerChain' | 'priority'>[] = [
  { platform: 'youtube', providerChain: ['yt-dlp'], priority: 1 },
  { platform: 'youtube_shorts', providerChain: ['yt-dlp'], priority: 2 },
  { platform: 'instagram', providerChain: ['yt-dlp'], priority: 3 },
  { platform: 'tiktok', providerChain: ['yt-dlp'], priority: 4 },
  { platform: 'pinterest', providerChain: ['yt-dlp'], priority: 5 },
  { platform: 'direct', providerChain: ['direct', 'yt-dlp'], priority: 6 },
];
