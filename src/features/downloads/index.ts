export { DownloadDelivery, type SentFile } from './delivery/download-delivery.js';
export { downloadsConfig, type DownloadsConfig } from './downloads.config.js';
export { DownloadsFrontend, type Failure, type Phase, type ReadyMedia } from './downloads.frontend.js';
export { DownloadsModule } from './downloads.module.js';
export { DownloadsService, type Asker } from './downloads.service.js';
export { findLinks } from './links/find-links.js';
export type { DownloadRequest } from './requests/download-request.entity.js';
