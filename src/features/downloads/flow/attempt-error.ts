import type { LoggedError } from '../../ops/index.js';
import type { ProviderError } from '../errors/provider-error.js';
import type { DownloadRequest } from '../requests/download-request.entity.js';
import type { RoutedProvider } from '../routing/routing-table.js';

/** What the operator reads of an attempt that has failed. */
export function attemptError(
  { id, platform, errorRef }: DownloadRequest,
  { name, version }: RoutedProvider,
  { class: type, code, message }: ProviderError,
): LoggedError {
  return { source: 'downloads', platform, provider: name, type, code, message, errorRef, subjectId: id, version };
}
