import type { Webhook } from './webhook.entity.js';

/** A webhook as it may be shown. */
export type ShownWebhook = Omit<Webhook, 'secret'> & {
  secretMasked: string;
  /** Only when it has just been decided. */
  secret?: string;
};
