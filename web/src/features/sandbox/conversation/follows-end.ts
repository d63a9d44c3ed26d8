/** A list in its window, in pixels. */
export interface Extent {
  height: number;
  windowHeight: number;
  /** How much of it is above the window. */
  above: number;
}

/** So close to the end that nobody means to read older messages. */
const NEAR_PX = 60;

/**
 * Whether a list that follows its end, or does not, will do so after it has moved. What moved together with a change of
 * size was no reader: a message came and has not been followed yet, or an animation is over.
 */
export function followsEnd(follows: boolean, before: Extent, now: Extent): boolean {
  if (now.height !== before.height || now.windowHeight !== before.windowHeight) return follows;
  return now.height - now.above - now.windowHeight < NEAR_PX;
}
