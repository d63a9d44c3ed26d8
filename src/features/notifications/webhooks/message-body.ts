import type { NotificationEvent, NotificationParams } from '../notification-events.js';

/** Sent when an owner tries a webhook; nothing has happened. */
export const TEST_EVENT = 'webhook.test';

interface Message {
  /** Of the notification: receivers know by it what they have had before. */
  id: string;
  event: NotificationEvent | typeof TEST_EVENT;
  createdAt: Date;
  data: NotificationParams;
}

/** What a webhook receives, as JSON. */
export function messageBody({ id, event, createdAt, data }: Message): string {
  return JSON.stringify({ id, event, createdAt: createdAt.toISOString(), data });
}
