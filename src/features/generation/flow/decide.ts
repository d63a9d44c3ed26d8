import type { GenerationConfig } from '../generation.config.js';
import type { GenerationJob } from '../jobs/generation-job.entity.js';
import type { GenerationError } from '../kie/error-class.js';

export type Decision =
  | { kind: 'retry'; delaySec: number; tell: boolean }
  | { kind: 'fail' }
  /** Back into the queue, where another key or model takes it silently; the try does not count. */
  | { kind: 'again' };

type Limits = Pick<GenerationConfig, 'maxAttempts' | 'rateLimitDelaysSec' | 'temporaryDelaysSec'>;

/**
 * What becomes of a job after an error. Pure.
 * @param job its `attempts` with the failed one among them, and the class of the error before, if there was one
 */
export function decide(
  { class: errorClass, detail }: Pick<GenerationError, 'class' | 'detail'>,
  { attempts, errorClass: before }: Pick<GenerationJob, 'attempts' | 'errorClass'>,
  { maxAttempts, rateLimitDelaysSec, temporaryDelaysSec }: Limits,
): Decision {
  // The key is blocked or the model is off by now: either another one takes the job, or there is none and it fails then.
  if (detail !== null || errorClass === 'BILLING') return { kind: 'again' };
  if (attempts >= maxAttempts) return { kind: 'fail' };
  switch (errorClass) {
    case 'RATE_LIMIT':
      return { kind: 'retry', delaySec: nth(rateLimitDelaysSec, attempts), tell: attempts > 1 };
    case 'TEMPORARY':
      return { kind: 'retry', delaySec: nth(temporaryDelaysSec, attempts), tell: true };
    case 'UNKNOWN':
      return before === 'UNKNOWN'
        ? { kind: 'fail' }
        : { kind: 'retry', delaySec: nth(temporaryDelaysSec, 1), tell: true };
    case 'USER_VIOLATION':
    case 'CONFIG':
      return { kind: 'fail' };
  }
}

/** The n-th of the waits, from 1; the last one serves for all that come after it. */
function nth(delays: readonly number[], n: number): number {
  return delays[n - 1] ?? delays.at(-1) ?? 0;
}
