import { MediaError, type Media, type MediaFacts } from '../../../platform/media/index.js';
import { ProviderError } from '../errors/provider-error.js';
import type { DownloadedMedia } from '../providers/provider.js';

const TOLERANCE = 0.02;
const TOLERANCE_SEC = 1;

/**
 * A program that ends well may still have left half a video: the file must be readable and as long as was announced.
 * @throws ProviderError, so that another provider is tried
 */
export async function verifyDownload(media: Media, downloaded: DownloadedMedia): Promise<MediaFacts> {
  const facts = await read(media, downloaded.path);
  const { expectedDurationSec } = downloaded;
  if (expectedDurationSec === null || facts.durationSec === null) return facts;
  const missing = expectedDurationSec - facts.durationSec;
  if (missing > Math.max(TOLERANCE_SEC, expectedDurationSec * TOLERANCE)) {
    throw new ProviderError('STALL', `${facts.durationSec} s of ${expectedDurationSec} s arrived`);
  }
  return facts;
}

async function read(media: Media, path: string): Promise<MediaFacts> {
  try {
    const facts = await media.probe(path);
    if (facts.video === null && facts.audio === null) {
      throw new ProviderError('PROVIDER_BUG', 'The file holds neither picture nor sound');
    }
    return facts;
  } catch (error) {
    if (error instanceof MediaError) throw new ProviderError('PROVIDER_BUG', error.message, { cause: error });
    throw error;
  }
}
