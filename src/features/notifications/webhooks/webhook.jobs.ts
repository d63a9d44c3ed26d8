import { defineJob, type JobDefinition } from '../../../platform/queue/job.js';

/** Sends a delivery for the `attempts` + 1st time. */
export const sendWebhook: JobDefinition<{ deliveryId: string; attempts: number }> = defineJob({
  name: 'notifications.send-webhook',
  // They only wait for answers.
  concurrency: () => 16,
  id: ({ deliveryId, attempts }) => `${deliveryId}-send-${attempts}`,
});
