const HIDDEN = '••••';
/** Of anything shorter, four characters would tell too much. */
const LONG_ENOUGH = 8;

/** What may be shown of a secret: its last four characters, so that its owner knows it again. */
export function mask(secret: string): string {
  return secret.length < LONG_ENOUGH ? HIDDEN : HIDDEN + secret.slice(-4);
}
