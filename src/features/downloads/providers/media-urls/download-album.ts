import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../../../platform/clock/clock.js';
import type { DownloadedFile, DownloadedMedia, DownloadSink, ProviderCall } from '../provider.js';
import { downloadMediaUrl } from './download-media-url.js';
import type { MediaUrl } from './media-url.js';

/** Of a post that claims to have more, the rest is left. */
const MAX_FILES = 35;

/**
 * Fetches the files of a post one after the other, each into a folder of its own. Size limits are those of one file.
 * @throws ProviderError when one of them cannot be had: half a post is none
 */
export async function downloadAlbum(
  urls: readonly MediaUrl[],
  call: ProviderCall,
  sink: DownloadSink,
  clock: Clock,
): Promise<DownloadedMedia> {
  const album: DownloadedFile[] = [];
  let first: DownloadedMedia | null = null;
  for (const [index, each] of urls.slice(0, MAX_FILES).entries()) {
    const folder = join(call.workDir, String(index + 1));
    await mkdir(folder, { recursive: true });
    const media = await downloadMediaUrl(each, folder, call, afterOthers(sink, sumOf(album)), clock);
    album.push({ path: media.path, kind: each.kind, bytes: media.bytes });
    first ??= media;
  }
  if (first === null) throw new Error('An album has one file at least');
  return { ...first, bytes: sumOf(album), album };
}

const sumOf = (files: readonly DownloadedFile[]) => files.reduce((sum, { bytes }) => sum + bytes, 0);

/** Nobody knows how large a post is before its last file has come. */
function afterOthers(sink: DownloadSink, bytesBefore: number): DownloadSink {
  return {
    progress: ({ bytes, bytesPerSecond }) => {
      sink.progress({ bytes: bytesBefore + bytes, totalBytes: null, bytesPerSecond, etaSec: null });
    },
    tried: (failed, next) => {
      sink.tried(failed, next);
    },
    charged: (factor) => {
      sink.charged(factor);
    },
    quota: (quota) => {
      sink.quota(quota);
    },
  };
}
