import { classOf, type ErrorCode } from '../../errors/error-codes.js';

/**
 * What a provider does itself after a failure, once each, before it is another one's turn:
 * `reextract`: asks the page again, for addresses of media die before their pages do;
 * `relax`: takes any format; `resume`: goes on with the part that is there.
 */
export type Recovery = 'reextract' | 'relax' | 'resume';

export function recoveryFor(code: ErrorCode): Recovery | null {
  if (code === 'BYTES_403') return 'reextract';
  if (code === 'NO_FORMAT') return 'relax';
  return classOf(code) === 'STALL' ? 'resume' : null;
}
