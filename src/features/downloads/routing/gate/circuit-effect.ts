import type { ErrorCode } from '../../errors/error-codes.js';

/** Milliseconds of a circuit that opens until somebody closes it: later than anybody will ask, and still 13 digits. */
export const UNTIL_CLOSED = 9_999_999_999_999;

/** What an attempt means for one circuit. */
export type CircuitEffect = GoodNews | BadNews;

/** Closes a circuit whose probe it is; on a closed one it counts towards forgetting the last cooldowns. */
export interface GoodNews {
  circuit: string;
  well: true;
}

export interface BadNews {
  circuit: string;
  reason: ErrorCode;
  /** `as_probe`: only when the attempt is the circuit's probe. */
  opens: 'at_once' | 'as_probe' | Tally;
  cooldown: Cooldown;
}

/** Opens when so many different members have been counted within the time. */
export interface Tally {
  /** What is counted; each has a count of its own. */
  of: string;
  member: string;
  needed: number;
  withinMs: number;
}

/** Either doubled at each opening in a row, unless the other side has asked for longer; or until a certain moment. */
export type Cooldown = { firstMs: number; retryAfterMs: number } | { untilMs: number };
