import type { Answer } from './answer.js';
import type { Script } from './scripts.js';

/** Name → what the stand-in does then. */
export type Behaviours = Readonly<Record<string, string>>;

const DEFAULT_SLOW_SEC = 5;
const BROKEN_OFF = '{"success": true, "id": "v2_str';

/** What can happen on the way to any API, whatever was asked. */
export const TRANSPORT_BEHAVIOURS: Behaviours = {
  slow: 'answers after `seconds` (5), then as ok',
  down: '503 and a text; as the standing one it hits polls and health checks, too',
  malformed: '200 and JSON that breaks off',
};

/** The answer that never came from the API itself; null when the API answers. */
export function transportAnswer({ behaviour }: Script): Answer | null {
  if (behaviour === 'down') {
    return { status: 503, headers: { 'content-type': 'text/plain' }, body: 'Service Temporarily Unavailable' };
  }
  if (behaviour === 'malformed') {
    return { status: 200, headers: { 'content-type': 'application/json' }, body: BROKEN_OFF };
  }
  return null;
}

export const delayMs = ({ behaviour, seconds = DEFAULT_SLOW_SEC }: Script): number =>
  behaviour === 'slow' ? seconds * 1000 : 0;

export const badGateway = (status: number): Answer => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: `<html><head><title>${status}</title></head><body><center><h1>${status}</h1></center></body></html>`,
});
