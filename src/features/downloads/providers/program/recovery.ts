import type { Clock } from '../../../../platform/clock/clock.js';
import { classOf, type ErrorCode } from '../../errors/error-codes.js';
import { ProviderError } from '../../errors/provider-error.js';
import type { DownloadSink, ProviderTry } from '../provider.js';

/**
 * What a provider does itself after a failure, once each, before it is another one's turn:
 * `reextract`: asks the page again, for addresses of media die before their pages do;
 * `relax`: takes any format; `resume`: goes on with the part that is there.
 */
export type Recovery = 'reextract' | 'relax' | 'resume';

const FAILING_SERVER_REST_MS = 2_000;

export function recoveryFor(code: ErrorCode): Recovery | null {
  if (code === 'BYTES_403') return 'reextract';
  if (code === 'NO_FORMAT') return 'relax';
  return classOf(code) === 'STALL' ? 'resume' : null;
}

export interface Tries {
  sink: DownloadSink;
  clock: Clock;
  signal: AbortSignal;
  /** Those that the provider knows. */
  recoveries: readonly Recovery[];
  /** Before another try: removes what it must not find of the one before. */
  prepare: (recovery: Recovery) => Promise<void>;
}

/**
 * Tries, and tries again after failures that have a recovery left.
 * @param once one try; `used` are the recoveries that were taken before it
 */
export async function withRecoveries<T>(
  { sink, clock, signal, recoveries, prepare }: Tries,
  once: (used: ReadonlySet<Recovery>) => Promise<T>,
): Promise<T> {
  const used = new Set<Recovery>();
  let kind: ProviderTry['kind'] = 'first';
  for (;;) {
    try {
      return await once(used);
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      const recovery = recoveryFor(error.code);
      if (recovery === null || !recoveries.includes(recovery) || used.has(recovery)) throw error;
      used.add(recovery);
      const next = recovery === 'resume' ? 'resume' : 'reextract';
      sink.tried({ kind, errorCode: error.code }, next);
      await prepare(recovery);
      if (error.code === 'UPSTREAM_5XX') await clock.delay(FAILING_SERVER_REST_MS, signal);
      kind = next;
    }
  }
}
