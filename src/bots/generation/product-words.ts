import type { GenerationJob } from '../../features/generation/index.js';
import { cutText } from '../../telegram/index.js';

const LENGTH = 60;

/** What a video is called among words. Plain text. */
export function inOneLine({ productText }: Pick<GenerationJob, 'productText'>): string {
  return cutText(productText.replace(/\s+/g, ' '), LENGTH);
}
