export interface Ratio {
  num: number;
  den: number;
}

export const SQUARE: Ratio = { num: 1, den: 1 };

/** Reads ffprobe's `16:9`. Missing, `N/A` and `0:1` mean that nobody has said anything, and that is 1:1. */
export function parseRatio(text: string | undefined): Ratio {
  const [num = 0, den = 0] = (text ?? '').split(':').map(Number);
  return num > 0 && den > 0 ? { num, den } : SQUARE;
}

export function valueOf({ num, den }: Ratio): number {
  return num / den;
}

export function isSquare(ratio: Ratio): boolean {
  return ratio.num === ratio.den;
}

/** The same shape, whatever the terms: `32:27` and `64:54`, or rounded by a muxer. */
export function sameRatio(a: Ratio, b: Ratio): boolean {
  return Math.abs(valueOf(a) / valueOf(b) - 1) < 0.001;
}

/** Shapes that people film and broadcast in, upright and lying. */
const USUAL = [4 / 3, 16 / 9, 21 / 9, 3 / 4, 9 / 16];
/** Broadcast standards themselves are off by this much: 720×576 at 16:11 is called 16:9. */
const USUAL_WITHIN = 0.03;

export function isUsualShape(value: number): boolean {
  return USUAL.some((usual) => Math.abs(value / usual - 1) <= USUAL_WITHIN);
}

/** The nearest even number of pixels, at least 2: 4:2:0 video has no odd sizes. */
export function even(pixels: number): number {
  return Math.max(2, Math.round(pixels / 2) * 2);
}
