import type { Platform } from '../links/media-link.js';
import type { ErrorCode } from './error-codes.js';

/**
 * What a status above 399 means where the bytes of a medium were asked for. Behind `direct` is any host of the world, so
 * there it speaks of the medium alone.
 */
export function codeOfStatus(status: number, platform: Platform): ErrorCode {
  if (status === 404 || status === 410) return 'CONTENT_GONE';
  if (platform === 'direct' && (status === 401 || status === 403)) return 'CONTENT_PRIVATE';
  if (status === 401) return 'HTTP_401';
  if (status === 403) return 'BYTES_403';
  if (status === 429) return 'HTTP_429';
  return status >= 500 ? 'UPSTREAM_5XX' : 'PROVIDER_BUG';
}
