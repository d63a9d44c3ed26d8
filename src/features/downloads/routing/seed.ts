import type { DownloadProvider } from './download-provider.entity.js';
import type { RoutingRule } from './routing-rule.entity.js';

type SeededProvider = Pick<DownloadProvider, 'name' | 'providerType' | 'adapter' | 'priority'> &
  Partial<DownloadProvider>;
type SeededRule = Pick<RoutingRule, 'platform' | 'providerChain' | 'priority'> & Partial<RoutingRule>;

const RAPIDAPI = { providerType: 'api', rateLimitPerMin: 60, dailyBudgetUsd: '10' } as const;

/** What a new installation starts with. Who has neither a key nor a stand-in is active all the same: it is not ready. */
export const seededProviders: SeededProvider[] = [
  { name: 'yt-dlp', providerType: 'local', adapter: 'yt-dlp', priority: 1 },
  { name: 'pytubefix', providerType: 'local', adapter: 'pytubefix', priority: 2 },
  { name: 'direct', providerType: 'local', adapter: 'direct', priority: 3 },
  {
    ...RAPIDAPI,
    name: 'savenow',
    adapter: 'savenow',
    priority: 4,
    apiHost: 'youtube-info-download-api.p.rapidapi.com',
    costPerDownloadUsd: '0.0003',
    options: { quotaMonthUnits: 100_000 },
  },
  {
    ...RAPIDAPI,
    name: 'rapidapi',
    adapter: 'rapidapi',
    priority: 5,
    apiHost: 'social-download-all-in-one.p.rapidapi.com',
    costPerDownloadUsd: '0.004',
  },
  {
    name: 'video-download-api',
    providerType: 'api',
    adapter: 'video-download-api',
    priority: 6,
    isActive: false,
    apiHost: 'p.savenow.to',
    rateLimitPerMin: 60,
    costPerDownloadUsd: '0.0003',
    dailyBudgetUsd: '5',
  },
  {
    name: 'youtube-download-api',
    providerType: 'api',
    adapter: 'youtube-download-api',
    priority: 7,
    isActive: false,
    apiHost: 'p.savenow.to',
    rateLimitPerMin: 60,
  },
  { name: 'cobalt', providerType: 'api', adapter: 'cobalt', priority: 8, isActive: false, rateLimitPerMin: 20 },
];

const YOUTUBE = ['yt-dlp', 'pytubefix', 'savenow', 'rapidapi'];
const YOUTUBE_LONG = ['yt-dlp', 'savenow', 'pytubefix', 'rapidapi'];
const SOCIAL = ['yt-dlp', 'rapidapi', 'cobalt'];

const SHORTS = { durationMinSec: null, durationMaxSec: 300 };
const MEDIUM = { durationMinSec: 300, durationMaxSec: 1_800 };
const LONG = { durationMinSec: 1_800, durationMaxSec: null };

/** A rule for each bucket, so that the operator may change one of them alone. */
const inBuckets = (platform: RoutingRule['platform'], chain: string[], long: Partial<RoutingRule> = {}) => [
  { platform, providerChain: chain, ...SHORTS },
  { platform, providerChain: chain, ...MEDIUM },
  { platform, providerChain: chain, ...LONG, ...long },
];

/** Ready and off: half of the long ones go to pytubefix before savenow, compared by success and time. */
const pytubefixFirst = {
  chain: ['yt-dlp', 'pytubefix', 'savenow', 'rapidapi'],
  share: 0.5,
  isActive: false,
};

const youtubeLong = { providerChain: YOUTUBE_LONG, experiment: pytubefixFirst };

export const seededRules: SeededRule[] = [
  ...inBuckets('youtube', YOUTUBE, youtubeLong),
  ...inBuckets('youtube_shorts', YOUTUBE, youtubeLong),
  ...inBuckets('instagram', ['rapidapi', 'yt-dlp', 'cobalt']),
  ...inBuckets('tiktok', SOCIAL),
  ...inBuckets('pinterest', SOCIAL),
  ...inBuckets('direct', ['direct', 'yt-dlp']),
].map((rule, index) => ({ ...rule, priority: index + 1 }));
