import { DomainError } from '../../../platform/errors/domain-error.js';
import type { JobStatus } from './job-status.js';

export const jobNotFound = () => new DomainError('generation.job_not_found', 'not_found', 'There is no such job');

export const wrongStatus = (status: JobStatus) =>
  new DomainError('generation.wrong_status', 'conflict', `A job that is ${status} does not allow this`, {
    context: { status },
  });

export const notEnoughCredits = (missing: number) =>
  new DomainError('generation.not_enough_credits', 'conflict', `The person lacks ${missing} credits for another try`, {
    context: { missing },
  });

export const photoGone = () =>
  new DomainError('generation.photo_gone', 'conflict', 'The photo of this job is not kept any more');

export const refundedBefore = () =>
  new DomainError('generation.refunded_before', 'conflict', 'The credits of this job have been given back before');
