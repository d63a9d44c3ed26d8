import type { Clock } from '../../../../platform/clock/clock.js';
import { fetchError } from '../../errors/fetch-error.js';
import { MediaFileDownload } from '../media-file/media-file-download.js';
import { type MediaFileRequest, openFile } from '../media-file/open-file.js';
import type {
  DownloadedMedia,
  DownloadSink,
  MediaFacts,
  Provider,
  ProviderCall,
  ProviderReadiness,
} from '../provider.js';

/** The link itself is a media file. What lies at other addresses is nothing for it (NotApplicable). */
export class DirectProvider implements Provider {
  readonly name = 'direct';
  readonly kind = 'local';

  constructor(private readonly clock: Clock) {}

  readiness(): Promise<ProviderReadiness> {
    return Promise.resolve({ ready: true, platforms: ['direct'] });
  }

  async probe(call: ProviderCall): Promise<MediaFacts> {
    try {
      const opened = await openFile(requestOf(call), this.clock, call.signal);
      opened.close();
      const { title, totalBytes: sizeBytes } = opened.remote;
      return { title, sizeBytes, durationSec: null, width: null, height: null, isLive: false, ageLimit: null };
    } catch (error) {
      call.signal.throwIfAborted();
      throw fetchError(error, call.link.platform) ?? error;
    }
  }

  download(call: ProviderCall, sink: DownloadSink): Promise<DownloadedMedia> {
    return new MediaFileDownload(requestOf(call), sink, this.clock).run();
  }
}

function requestOf({ link, workDir, fetch, limits, stallMs, signal }: ProviderCall): MediaFileRequest {
  const { canonicalUrl: url, platform } = link;
  return { url, platform, folder: workDir, fetch, maxBytes: limits.maxBytes, stallMs, signal };
}
