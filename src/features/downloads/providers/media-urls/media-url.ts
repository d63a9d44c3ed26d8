import type { DownloadedFile } from '../provider.js';

/** Where an API says a file of a medium lies. */
export interface MediaUrl {
  url: string;
  kind: DownloadedFile['kind'];
}
