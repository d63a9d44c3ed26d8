import { NotApplicable } from '../../errors/provider-error.js';
import type { MediaLink } from '../../links/media-link.js';
import type { Wish } from '../provider.js';
import { wishedHeight } from '../wished-height.js';

/** It reads no more, and answers that the body is invalid. */
const MAX_BODY_BYTES = 1_024;
const HEIGHTS = [4_320, 2_160, 1_440, 1_080, 720, 480, 360, 240, 144];
/** H.264, which plays everywhere, ends here. */
const USUAL_HEIGHT = 1_080;

/**
 * The body of `POST /`; a key that cobalt does not know makes it refuse the whole.
 * @throws NotApplicable when it is larger than cobalt takes
 */
export function questionOf({ canonicalUrl: url }: MediaLink, wish: Wish): Record<string, string> {
  const question = {
    url,
    videoQuality: qualityOf(wish),
    filenameStyle: 'basic',
    localProcessing: 'disabled',
    ...(wish.kind === 'audio' ? { downloadMode: 'audio', audioFormat: 'mp3' } : { downloadMode: 'auto' }),
  };
  if (Buffer.byteLength(JSON.stringify(question)) > MAX_BODY_BYTES) {
    throw new NotApplicable('the link is longer than cobalt takes');
  }
  return question;
}

/** cobalt takes the next one below by itself, of those that there are. */
function qualityOf(wish: Wish): string {
  const limit = wishedHeight(wish) ?? USUAL_HEIGHT;
  return String(HEIGHTS.find((height) => height <= limit) ?? 144);
}
