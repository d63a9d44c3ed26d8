import { randomInt } from 'node:crypto';

// Without letters and digits that are read as one another.
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const LENGTH = 8;

/** The short id that a person reads out to the operator: about 10^12 of them. */
export function newErrorRef(): string {
  return Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}
