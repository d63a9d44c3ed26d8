import { createHmac } from 'node:crypto';

/** What a receiver compares with `X-Nexus-Signature`: HMAC-SHA256 over the timestamp (Unix seconds), a dot and the body. */
export function signatureOf(secret: string, timestamp: number, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;
}
