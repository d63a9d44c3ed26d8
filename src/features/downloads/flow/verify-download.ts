import {
  MediaError,
  pictureFacts,
  type Media,
  type MediaFacts,
  type PictureFacts,
} from '../../../platform/media/index.js';
import { ProviderError } from '../errors/provider-error.js';
import type { DownloadedFile, DownloadedMedia } from '../providers/provider.js';

const TOLERANCE = 0.02;
const TOLERANCE_SEC = 1;

/** A file that is what its provider says it is. */
export type VerifiedFile =
  { kind: 'media'; path: string; facts: MediaFacts } | { kind: 'photo'; path: string; facts: PictureFacts };

/**
 * A program that ends well may still have left half a video: every file must be readable and all there, and as long as was
 * announced.
 * @returns one for each file, in their order
 * @throws ProviderError, so that another provider is tried
 */
export async function verifyDownload(
  media: Media,
  downloaded: DownloadedMedia,
): Promise<[VerifiedFile, ...VerifiedFile[]]> {
  const { album: [first, ...others] = [] } = downloaded;
  const { expectedDurationSec, hasSound = false } = downloaded;
  const verified = await verify(media, first ?? { ...downloaded, kind: 'video' }, expectedDurationSec);
  if (hasSound && verified.kind === 'media' && verified.facts.audio === null) {
    throw new ProviderError('PROVIDER_BUG', 'The sound was lost on the way');
  }
  const more: VerifiedFile[] = [];
  for (const file of others) more.push(await verify(media, file, null));
  return [verified, ...more];
}

/** What a viewer sees of it. */
export function shownFacts(file: VerifiedFile): {
  durationSec: number | null;
  sizeBytes: number;
  width: number | null;
  height: number | null;
} {
  const { sizeBytes } = file.facts;
  if (file.kind === 'photo')
    return { durationSec: null, sizeBytes, width: file.facts.width, height: file.facts.height };
  const { video, durationSec } = file.facts;
  return { durationSec, sizeBytes, width: video?.displayWidth ?? null, height: video?.displayHeight ?? null };
}

async function verify(media: Media, file: DownloadedFile, expectedSec: number | null): Promise<VerifiedFile> {
  const verified = await read(media, file);
  if (verified.kind === 'media') checkLength(verified.facts, expectedSec);
  return verified;
}

async function read(media: Media, { path, kind }: DownloadedFile): Promise<VerifiedFile> {
  try {
    if (kind === 'photo') return { kind: 'photo', path, facts: await pictureFacts(path) };
    const facts = await media.probe(path);
    if (facts.video === null && facts.audio === null) {
      throw new ProviderError('PROVIDER_BUG', 'The file holds neither picture nor sound');
    }
    return { kind: 'media', path, facts };
  } catch (error) {
    if (error instanceof MediaError) throw new ProviderError('PROVIDER_BUG', error.message, { cause: error });
    throw error;
  }
}

function checkLength({ durationSec, isCutOff }: MediaFacts, expectedSec: number | null): void {
  if (isCutOff) throw new ProviderError('STALL', 'The file ends in the middle');
  if (expectedSec === null || durationSec === null) return;
  const missingSec = expectedSec - durationSec;
  if (missingSec > Math.max(TOLERANCE_SEC, expectedSec * TOLERANCE)) {
    throw new ProviderError('STALL', `${durationSec} s of ${expectedSec} s arrived`);
  }
}
