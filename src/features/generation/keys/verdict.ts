import type { GenerationError } from '../kie/error-class.js';

/** What an answer of KIE means for the key that has asked. */
export type Verdict =
  /** KIE does not know the key. */
  | 'invalid'
  /** There is no money: of the account, or of this key alone. */
  | 'account_broke'
  | 'key_broke'
  /** The account was asked too often. */
  | 'rest'
  /** It is counted, and that is all. */
  | 'failure'
  /** It is not the key's fault. */
  | 'none';

/** KIE's code for a key that has used up its own share of the account's money. */
const KEY_CAP_REACHED = '433';

export function verdictOf(error: GenerationError): Verdict {
  if (error.detail === 'key_invalid') return 'invalid';
  switch (error.class) {
    case 'BILLING':
      return error.code === KEY_CAP_REACHED ? 'key_broke' : 'account_broke';
    case 'RATE_LIMIT':
      return 'rest';
    case 'TEMPORARY':
      return 'failure';
    default:
      return 'none';
  }
}

const RESTS_SEC = [10, 60, 600, 3_600];
const LONGEST_SEC = 86_400;

/** @param inARow answers 429 of the account before this one @returns seconds */
export function restAfter(inARow: number, retryAfterSec: number | null): number {
  if (retryAfterSec !== null && retryAfterSec > 0) return Math.min(retryAfterSec, LONGEST_SEC);
  return RESTS_SEC[Math.min(inARow, RESTS_SEC.length - 1)] ?? 0;
}
