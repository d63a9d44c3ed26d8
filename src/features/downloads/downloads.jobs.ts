import { defineJob, type JobDefinition } from '../../platform/queue/job.js';
import { downloadsConfig } from './downloads.config.js';
import type { DownloadRequest } from './requests/download-request.entity.js';

type RunJob = JobDefinition<{ requestId: string; run: number }>;

const id: RunJob['id'] = ({ requestId, run }) => `${requestId}-run-${run}`;

/** Gets what a request asks for and hands it to the outbox. */
export const runDownload: RunJob = defineJob({
  name: 'downloads.run',
  concurrency: (config) => config(downloadsConfig).concurrency,
  id,
});

/** The same for what takes long: it never stands in the way of what is quick. */
export const runInBackground: RunJob = defineJob({
  name: 'downloads.run-in-background',
  concurrency: (config) => Math.max(1, Math.floor(config(downloadsConfig).concurrency / 2)),
  id,
});

export function jobOf({ inBackground }: Pick<DownloadRequest, 'inBackground'>): RunJob {
  return inBackground ? runInBackground : runDownload;
}
