import type { Outcomes } from './health.repository.js';

export interface Ended {
  delivered: number;
  /** Without those that broke the rules of the model: that is for the person to change, and says nothing of us. */
  failed: number;
}

export function endedIn(span: 'day' | 'lastHour', outcomes: readonly Outcomes[]): Ended {
  const ended = { delivered: 0, failed: 0 };
  for (const { status, errorClass, [span]: jobs } of outcomes) {
    if (errorClass !== 'USER_VIOLATION') ended[status] += jobs;
  }
  return ended;
}

/** From 0 to 1; null: none has ended. */
export function failureRate({ delivered, failed }: Ended): number | null {
  const all = delivered + failed;
  return all === 0 ? null : failed / all;
}
