/** What the database cannot keep as text: zero bytes and halves of characters. */
const UNKEEPABLE = /[\0\p{Surrogate}]/gu;

/** Words of the outside, fit to be kept: trimmed, of `longest` characters at most. */
export function plainText(text: string, longest: number): string {
  return Array.from(text.replace(UNKEEPABLE, '').trim()).slice(0, longest).join('').trim();
}
