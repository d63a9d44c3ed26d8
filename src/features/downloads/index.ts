export { DownloadChoices } from './download-choices.js';
export { DownloadDelivery } from './delivery/download-delivery.js';
export type { MediaKind, SentFile } from './delivery/sent-file.js';
export { downloadsConfig, type DownloadsConfig } from './downloads.config.js';
export { DownloadsFrontend, type Failure, type Phase, type ReadyFile, type ReadyMedia } from './downloads.frontend.js';
export { DownloadsModule } from './downloads.module.js';
export { DownloadsService, type Asker } from './downloads.service.js';
export { findLinks } from './links/find-links.js';
export type { DownloadRequest, RequestOptions } from './requests/download-request.entity.js';
