import type { Wish } from './provider.js';

/** The largest height that is wished for; null: the best there is. */
export function wishedHeight({ quality }: Wish): number | null {
  return /^\d+$/.test(quality) ? Number(quality) : null;
}
