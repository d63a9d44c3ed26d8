import { apiShapeError } from '../../errors/api-errors.js';
import { numberOf, textOf } from '../api/json.js';
import type { ProviderCall } from '../provider.js';
import { isOwn } from './door.js';

/** An order that was taken: what it takes to go on with it, after a death of this process too. */
export type Job = {
  /** Whoever has it can fetch the file. */
  progressUrl: string;
  title: string | null;
  priceFactor: number;
  /** ISO time at which it is given up. */
  deadlineAt: string;
  polls: number;
  /** In a row: its server did not answer as it should. */
  badPolls: number;
  /** In a row: it answered, but not what anybody knows. */
  unclearPolls: number;
};

/** What was kept of one, read again; the operator may have changed where the API is meanwhile. */
export function readJob(kept: NonNullable<ProviderCall['resume']>, baseUrl: string): Job {
  const progressUrl = textOf(kept.progressUrl);
  const deadlineAt = textOf(kept.deadlineAt);
  if (progressUrl === null || deadlineAt === null || !isOwn(progressUrl, baseUrl)) {
    throw apiShapeError({ host: new URL(baseUrl).host }, 'before with a job that cannot be gone on with');
  }
  return {
    progressUrl,
    deadlineAt,
    title: textOf(kept.title),
    priceFactor: numberOf(kept.priceFactor) ?? 1,
    polls: numberOf(kept.polls) ?? 0,
    badPolls: numberOf(kept.badPolls) ?? 0,
    unclearPolls: numberOf(kept.unclearPolls) ?? 0,
  };
}
