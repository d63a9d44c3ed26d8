import { defineJob, type JobPayload } from '../../platform/queue/job.js';
import { generationConfig } from './generation.config.js';

export interface Step extends JobPayload {
  generationJobId: string;
  run: number;
}

const step = (name: string, share = 1) =>
  defineJob<Step>({
    name: `generation.${name}`,
    concurrency: (config) => Math.max(1, Math.floor(config(generationConfig).concurrency * share)),
    id: ({ generationJobId, run }) => `${generationJobId}-${name}-${run}`,
  });

/** Moves on whatever may leave the queue; asked for when there may be something, and once a second. */
export const startJobs = defineJob<JobPayload>({ name: 'generation.start', id: () => 'generation-start' });
/** Writes the prompt of a job. */
export const promptJob = step('prompt');
/** Hands it to the provider. */
export const submitJob = step('submit');
/** Looks what the provider has made of it so far; delayed until it is time. */
export const lookJob = step('look');
/** Stores its video and hands it to the outbox. Programs and disks are busy with it: not too many at once. */
export const deliverJob = step('deliver', 0.2);
