import { EgressRefusedError } from '../../../platform/egress/index.js';
import { NetworkError, type NetworkErrorCode, UnfollowableUrlError } from '../../../platform/http/index.js';
import type { Platform } from '../links/media-link.js';
import type { ErrorCode } from './error-codes.js';
import { ProviderError } from './provider-error.js';

const OF_PLATFORMS: Record<NetworkErrorCode, ErrorCode> = {
  timed_out: 'STALL',
  connection_lost: 'STALL',
  unresolved: 'EGRESS_DOWN',
  unreachable: 'EGRESS_DOWN',
  proxy: 'EGRESS_DOWN',
  tls: 'TLS_EOF',
  certificate: 'PROVIDER_BUG',
  other: 'PROVIDER_BUG',
};

/** Behind `direct` is any host of the world: that it is not there says nothing about our way out. */
const OF_DIRECT: Record<NetworkErrorCode, ErrorCode> = {
  ...OF_PLATFORMS,
  unresolved: 'USER_URL',
  unreachable: 'UPSTREAM_5XX',
  proxy: 'UPSTREAM_5XX',
  certificate: 'USER_URL',
};

/** What a failure of our own fetch means; null when it is none, but a fault of the program. */
export function fetchError(error: unknown, platform: Platform): ProviderError | null {
  if (error instanceof ProviderError) return error;
  if (error instanceof EgressRefusedError || error instanceof UnfollowableUrlError) {
    return new ProviderError('USER_URL', error.message, { cause: error });
  }
  if (!(error instanceof NetworkError)) return null;
  const codes = platform === 'direct' ? OF_DIRECT : OF_PLATFORMS;
  return new ProviderError(codes[error.code], error.message, { cause: error });
}
