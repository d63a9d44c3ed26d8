import type { Platform } from './media-link.js';

type PlatformWithIds = Exclude<Platform, 'direct'>;

/** One way in which a platform writes the address of a medium. */
export interface LinkForm {
  platform: PlatformWithIds;
  hosts: RegExp;
  /** Names the medium: `id`, where the address has it in its path. */
  path: RegExp;
  /** The query parameter that has the id, where the path has not. */
  idParameter?: { name: string; value: RegExp };
  /** The one address of the medium, from what the path named; a short link has no id and leads to another form. */
  canonical: (named: Record<string, string>) => string;
  isShortLink?: true;
}

const YOUTUBE = /^(?:(?:www|m|music|gaming)\.)?youtube(?:-nocookie|kids)?\.com$/;
const YOUTUBE_SHORT_HOST = /^(?:www\.)?youtu\.be$/;
const TIKTOK = /^(?:(?:www|m)\.)?tiktok\.com$/;
const TIKTOK_SHORT_HOST = /^v[mt]\.tiktok\.com$/;
const INSTAGRAM = /^(?:(?:www|m)\.)?(?:instagram\.com|instagr\.am)$/;
/** Every country's domain: whoever else may own one is never asked, for the canonical address is always the `.com`. */
const PINTEREST = /^(?:[a-z]{2,3}\.)?pinterest\.(?:[a-z]{2,4}|com?\.[a-z]{2})$/;
const PIN_IT = /^(?:www\.)?pin\.it$/;

/** Each YouTube id has eleven of these; a longer or shorter one is a damaged link. */
const YOUTUBE_ID = '[\\w-]{11}(?![\\w-])';

const youtube = ({ id }: Record<string, string>) => `https://www.youtube.com/watch?v=${id}`;
const youtubeShort = ({ id }: Record<string, string>) => `https://www.youtube.com/shorts/${id}`;
/** TikTok goes by the id alone; `_` stands for an unknown author. */
const tiktok = ({ id, user = '_' }: Record<string, string>) => `https://www.tiktok.com/@${user}/video/${id}`;
const instagram = ({ id }: Record<string, string>) => `https://www.instagram.com/p/${id}/`;
const instagramStory = ({ id, user }: Record<string, string>) => `https://www.instagram.com/stories/${user}/${id}/`;
const pinterest = ({ id }: Record<string, string>) => `https://www.pinterest.com/pin/${id}/`;

/** How links are told: the first form that fits a host and a path. */
export const LINK_FORMS: readonly LinkForm[] = [
  {
    platform: 'youtube',
    hosts: YOUTUBE,
    path: /^\/watch\/?$/,
    idParameter: { name: 'v', value: new RegExp(`^${YOUTUBE_ID}`) },
    canonical: youtube,
  },
  { platform: 'youtube', hosts: YOUTUBE, path: youtubePath('/(?:watch|live|embed|v|e)/'), canonical: youtube },
  { platform: 'youtube_shorts', hosts: YOUTUBE, path: youtubePath('/shorts/'), canonical: youtubeShort },
  { platform: 'youtube_shorts', hosts: YOUTUBE_SHORT_HOST, path: youtubePath('/shorts/'), canonical: youtubeShort },
  { platform: 'youtube', hosts: YOUTUBE_SHORT_HOST, path: youtubePath('/'), canonical: youtube },

  {
    platform: 'tiktok',
    hosts: TIKTOK,
    path: /^\/@(?<user>[\w.-]+)?\/(?:video|photo)\/(?<id>\d+)/,
    canonical: tiktok,
  },
  {
    platform: 'tiktok',
    hosts: TIKTOK,
    path: /^\/(?:embed(?:\/v\d)?|player\/v\d|share\/video|v)\/(?<id>\d+)/,
    canonical: tiktok,
  },
  {
    platform: 'tiktok',
    hosts: TIKTOK,
    path: /^\/t\/(?<code>[\w-]+)/,
    canonical: ({ code }) => `https://www.tiktok.com/t/${code}/`,
    isShortLink: true,
  },
  {
    platform: 'tiktok',
    hosts: TIKTOK_SHORT_HOST,
    path: /^\/(?<code>[\w-]+)/,
    canonical: ({ code }) => `https://vm.tiktok.com/${code}/`,
    isShortLink: true,
  },

  {
    platform: 'instagram',
    hosts: INSTAGRAM,
    path: /^\/share\/(?<code>(?:(?:p|reel)\/)?[\w-]+)/,
    canonical: ({ code }) => `https://www.instagram.com/share/${code}/`,
    isShortLink: true,
  },
  {
    platform: 'instagram',
    hosts: INSTAGRAM,
    path: /^\/(?:[\w.]+\/)?(?:p|reels?|tv)\/(?<id>[\w-]{5,})/,
    canonical: instagram,
  },
  {
    platform: 'instagram',
    hosts: INSTAGRAM,
    path: /^\/stories\/(?!highlights\/)(?<user>[\w.]+)\/(?<id>\d+)/,
    canonical: instagramStory,
  },

  { platform: 'pinterest', hosts: PINTEREST, path: /^\/pin\/(?:[^/]+--)?(?<id>\d+)(?:\/|$)/, canonical: pinterest },
  {
    platform: 'pinterest',
    hosts: PIN_IT,
    path: /^\/(?<code>\w+)/,
    canonical: ({ code }) => `https://pin.it/${code}`,
    isShortLink: true,
  },
];

function youtubePath(start: string): RegExp {
  return new RegExp(`^${start}(?<id>${YOUTUBE_ID})`);
}
