import type { DownloadProvider } from '../../routing/download-provider.entity.js';

/** A provider as it may be shown: its key is masked, its money written as people do. */
export type ShownProvider = Omit<DownloadProvider, 'apiKey'> & { apiKeyMasked: string | null };
