/** What PostgreSQL keeps neither as text nor in JSON: zero bytes and halves of surrogate pairs. */
const UNSTORABLE = /[\0\p{Surrogate}]/gu;

/**
 * Words of the outside, without what the database cannot keep. With `longest`, they are also trimmed and cut to so many
 * characters, none of them in half. Bodies of requests need none of this: `plainJson` refuses such texts.
 */
export function storable(text: string, longest?: number): string {
  const kept = text.replace(UNSTORABLE, '');
  return longest === undefined ? kept : Array.from(kept.trim()).slice(0, longest).join('').trim();
}
