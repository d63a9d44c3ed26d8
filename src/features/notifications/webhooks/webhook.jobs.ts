import { defineJob, type JobDefinition } from '../../../platform/queue/job.js';

/** A delivery that is to be sent for the `attempts` + 1st time. */
export type SendWebhook = { deliveryId: string; owner: string; attempts: number };

export const sendWebhook: JobDefinition<SendWebhook> = defineJob({
  name: 'notifications.send-webhook',
  // They only wait for answers.
  concurrency: () => 16,
  id: ({ deliveryId, attempts }) => `${deliveryId}-send-${attempts}`,
});
