const HIDDEN = '••••';
/** Of anything shorter, four characters would tell too much. */
const LONG_ENOUGH = 8;

/** What may be shown of a secret: its last four characters, so that its owner knows it again. */
export function mask(secret: string): string {
  const characters = Array.from(secret);
  return characters.length < LONG_ENOUGH ? HIDDEN : HIDDEN + characters.slice(-4).join('');
}
