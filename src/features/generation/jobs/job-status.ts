export const JOB_STATUSES = [
  'queued',
  'prompting',
  'submitting',
  'generating',
  'delivering',
  'delivered',
  'failed',
  'cancelled',
] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];

/**
 * Every way on. `queued` is entered again by a job that must be tried again, that waits for a free key, or whose failure
 * the operator has asked to be tried anew.
 */
export const TRANSITIONS: Record<JobStatus, readonly JobStatus[]> = {
  queued: ['prompting', 'submitting', 'failed', 'cancelled'],
  prompting: ['queued', 'submitting', 'failed'],
  submitting: ['queued', 'generating', 'failed'],
  generating: ['queued', 'delivering', 'failed'],
  delivering: ['queued', 'delivered', 'failed'],
  delivered: [],
  failed: ['queued'],
  cancelled: [],
};

/** Those that count for how many of a person's jobs move at once. */
export const IN_FLIGHT: readonly JobStatus[] = ['prompting', 'submitting', 'generating', 'delivering'];
export const FINAL: readonly JobStatus[] = ['delivered', 'failed', 'cancelled'];

export function statusesBefore(status: JobStatus): JobStatus[] {
  return JOB_STATUSES.filter((from) => TRANSITIONS[from].includes(status));
}
