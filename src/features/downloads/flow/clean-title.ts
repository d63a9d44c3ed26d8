/** What titles bring along that no database and no file name takes: control characters and halves of characters. */
const UNFIT = /[\p{Cc}\p{Cs}]+/gu;

/** @returns null when nothing is left of it */
export function cleanTitle(title: string | null): string | null {
  return title?.replace(UNFIT, ' ').trim() || null;
}
