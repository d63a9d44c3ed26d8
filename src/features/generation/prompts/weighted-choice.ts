import { createHash } from 'node:crypto';

const BITS = 48;

/** One of them by weight; the same for the same seed, as long as they are the same in the same order. null: all weigh 0. */
export function weightedChoice<T extends { weight: number }>(from: readonly T[], seed: string): T | null {
  const total = from.reduce((sum, { weight }) => sum + weight, 0);
  let rest = shareOf(seed) * total;
  for (const each of from) {
    rest -= each.weight;
    if (rest < 0) return each;
  }
  return null;
}

/** From 0 to less than 1, evenly over all seeds. */
function shareOf(seed: string): number {
  return (
    createHash('sha256')
      .update(seed)
      .digest()
      .readUIntBE(0, BITS / 8) /
    2 ** BITS
  );
}
