import type { DownloadLimits, Progress } from '../providers/provider.js';
import type { DownloadRequest } from '../requests/download-request.entity.js';
import type { Grant } from '../routing/gate/gate-question.js';
import type { RoutedProvider } from '../routing/routing-table.js';

/** What a provider is to try, and what it was granted for it. */
export interface AttemptOrder {
  request: DownloadRequest;
  provider: RoutedProvider;
  grant: Grant;
  limits: DownloadLimits;
  workDir: string;
  signal: AbortSignal;
  onProgress(progress: Progress): void;
}
