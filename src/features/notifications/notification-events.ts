/** What an owner is told of; each can be switched off. */
export const NOTIFICATION_EVENTS = [
  'recording.ready',
  'recording.failed',
  'approval.requested',
  'credential.invalid',
  'automation.report',
  'quota.reached',
] as const;
export type NotificationEvent = (typeof NOTIFICATION_EVENTS)[number];

/** What its words name; JSON, shown to the owner and sent to his webhooks. */
export type NotificationParams = Record<string, string | number>;
