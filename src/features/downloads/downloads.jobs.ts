import { defineJob } from '../../platform/queue/job.js';
import { downloadsConfig } from './downloads.config.js';

/** Gets what a request asks for and hands it to the outbox. */
export const runDownload = defineJob<{ requestId: string; run: number }>({
  name: 'downloads.run',
  concurrency: (config) => config(downloadsConfig).concurrency,
  id: ({ requestId, run }) => `${requestId}-run-${run}`,
});
