import { createHmac, timingSafeEqual } from 'node:crypto';

/** Clocks differ, and a callback may be on its way for a while. */
const WINDOW_SEC = 300;

export interface WebhookSignature {
  /** `X-Webhook-Timestamp`: seconds since 1970. */
  timestamp: string | undefined;
  /** `X-Webhook-Signature`: `base64(HMAC_SHA256(key, taskId + "." + timestamp))`. The body is not signed. */
  signature: string | undefined;
}

/** https://docs.kie.ai/common-api/webhook-verification */
export function isSignedBy(
  key: string,
  taskId: string,
  { timestamp = '', signature = '' }: WebhookSignature,
  now: Date,
): boolean {
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(now.getTime() / 1_000 - Number(timestamp)) > WINDOW_SEC) return false;
  const expected = createHmac('sha256', key).update(`${taskId}.${timestamp}`).digest();
  const given = Buffer.from(signature, 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
