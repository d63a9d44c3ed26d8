import type { Platform } from '../links/media-link.js';
import type { ErrorCode } from './error-codes.js';

/** `page`: an address that describes a medium; `bytes`: the medium itself. */
export type HttpStage = 'page' | 'bytes';

/** What an HTTP status above 399 means. Behind `direct` is any host of the world, so there it speaks of the medium alone. */
export function codeOfStatus(status: number, platform: Platform, stage: HttpStage): ErrorCode {
  if (status === 404 || status === 410) return 'CONTENT_GONE';
  if (platform === 'direct' && (status === 401 || status === 403)) return 'CONTENT_PRIVATE';
  if (status === 401) return 'HTTP_401';
  if (status === 403) return stage === 'bytes' ? 'BYTES_403' : 'HTTP_403';
  if (status === 429) return 'HTTP_429';
  return status >= 500 ? 'UPSTREAM_5XX' : 'PROVIDER_BUG';
}
