import { storable } from '../../../platform/text/storable.js';

/** As many whole words as a model takes. */
export function fitPrompt(text: string, maxChars: number): string {
  const whole = storable(text).trim();
  if (whole.length <= maxChars) return whole;
  // Where a word ends exactly at the limit, it fits.
  const start = whole.slice(0, maxChars + 1);
  const end = start.search(/\s+\S*$/);
  return end > 0 ? start.slice(0, end) : storable(whole.slice(0, maxChars));
}
