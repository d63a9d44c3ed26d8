/** Media are shown at their own size, but not bigger than this. */
const MAX_WIDTH = 420;
const MAX_HEIGHT = 460;
/** So that controls and the time still fit. */
const MIN_WIDTH = 160;

export interface MediaBox {
  /** CSS pixels; the height follows from the ratio, also when a narrow screen gives less width. */
  width: number;
  ratio: number;
}

/** Fits a picture of the given pixels into a bubble. Unknown sizes give a square, as in Telegram. */
export function fitMedia(width = 0, height = 0): MediaBox {
  if (width <= 0 || height <= 0) return { width: 320, ratio: 1 };
  const scale = Math.min(1, MAX_WIDTH / width, MAX_HEIGHT / height);
  return { width: Math.max(MIN_WIDTH, Math.round(width * scale)), ratio: width / height };
}
