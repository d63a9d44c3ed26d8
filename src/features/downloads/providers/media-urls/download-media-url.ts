import type { Clock } from '../../../../platform/clock/clock.js';
import { mediaUrlError } from '../../errors/api-errors.js';
import { fetchError } from '../../errors/fetch-error.js';
import { MediaFileDownload } from '../media-file/media-file-download.js';
import type { MediaFileRequest } from '../media-file/open-file.js';
import type { DownloadedMedia, DownloadSink, ProviderCall } from '../provider.js';
import type { MediaUrl } from './media-url.js';
import { downloadPhoto } from './photo-download.js';

/**
 * Fetches the file at an address that an API gave, on the call's way out; nothing that the API knows of us goes there.
 * What it is, is told by its first bytes: labels lie.
 * @throws ProviderError, or the signal's reason when it was aborted
 */
export async function downloadMediaUrl(
  { url, kind }: MediaUrl,
  folder: string,
  call: ProviderCall,
  sink: DownloadSink,
  clock: Clock,
): Promise<DownloadedMedia> {
  const { fetch, stallMs, signal, limits } = call;
  const { platform } = call.link;
  const request = { url, platform, folder, fetch, maxBytes: limits.maxBytes, stallMs, signal };
  try {
    if (kind !== 'photo') return await new MediaFileDownload(request, sink, clock).run();
    return await photo(request, sink, clock);
  } catch (error) {
    signal.throwIfAborted();
    throw mediaUrlError(fetchError(error, platform) ?? error);
  }
}

/** After a stall it is begun anew, once. */
async function photo(request: MediaFileRequest, sink: DownloadSink, clock: Clock): Promise<DownloadedMedia> {
  const onBytes = (bytes: number) => {
    sink.progress({ bytes, totalBytes: null, bytesPerSecond: null, etaSec: null });
  };
  try {
    return await downloadPhoto(request, clock, onBytes);
  } catch (error) {
    request.signal.throwIfAborted();
    const failure = fetchError(error, request.platform);
    if (failure?.class !== 'STALL') throw error;
    sink.tried({ kind: 'first', errorCode: failure.code }, 'resume');
    return downloadPhoto(request, clock, onBytes);
  }
}
