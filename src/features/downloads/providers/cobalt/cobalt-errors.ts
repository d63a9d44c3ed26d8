import type { ErrorCode } from '../../errors/error-codes.js';

const CODES: ReadonlyMap<string, ErrorCode> = new Map(
  Object.entries<ErrorCode>({
    rate_exceeded: 'HTTP_429',
    invalid_body: 'PROVIDER_BUG',

    'youtube.login': 'BLOCK_IP',
    'youtube.token_expired': 'CONFIG',
    'youtube.no_session_tokens': 'CONFIG',
    'youtube.disabled_main_instance': 'CONFIG',
    'youtube.drm': 'CONTENT_DRM',
    'youtube.no_matching_format': 'NO_FORMAT',
    'youtube.no_hls_streams': 'NO_FORMAT',

    'fetch.rate': 'RATE',
    'fetch.short_link': 'USER_URL',

    'content.too_long': 'CONTENT_TOO_LONG',
    'content.paid': 'CONTENT_PRIVATE',
    'content.region': 'CONTENT_GEO',
    'content.video.unavailable': 'CONTENT_GONE',
    'content.video.live': 'CONTENT_LIVE',
    'content.video.private': 'CONTENT_PRIVATE',
    'content.video.age': 'CONTENT_AGE',
    'content.video.region': 'CONTENT_GEO',
    'content.post.unavailable': 'CONTENT_GONE',
    'content.post.private': 'CONTENT_PRIVATE',
    'content.post.age': 'CONTENT_AGE',
  }),
);

/** Where all codes of a kind mean the same. */
const FAMILIES: readonly (readonly [start: string, code: ErrorCode])[] = [
  ['auth.', 'CONFIG'],
  ['header.', 'CONFIG'],
  ['link.', 'USER_URL'],
  ['service.', 'USER_URL'],
];

/**
 * What an error code of cobalt means, with its prefix (`error.api.youtube.login`) or without. What is not known is its
 * own failure to extract: `fetch.empty`, `fetch.fail`, `fetch.critical`, `youtube.decipher`, `youtube.api_error`.
 */
export function codeOfCobalt(cobaltCode: string): ErrorCode {
  const bare = cobaltCode.replace(/^error\.(?:api\.)?/, '');
  return CODES.get(bare) ?? FAMILIES.find(([start]) => bare.startsWith(start))?.[1] ?? 'PROVIDER_BUG';
}
