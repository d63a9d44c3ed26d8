import type { ServerSentEvent } from '../../../shared/http/sse-parser';
import type { ApiCall } from '../api';
import type { TgMessage } from './bot-api';

/** What the stand-in tells about one conversation while it happens. */
export type SandboxEvent =
  | { type: 'message' | 'edited'; message: TgMessage }
  | { type: 'deleted'; messageId: number }
  | { type: 'action'; action: string }
  | { type: 'callbackAnswer'; callbackQueryId: string; text: string | null; showAlert: boolean }
  | { type: 'call'; call: ApiCall };

const TYPES = new Set<string>(['message', 'edited', 'deleted', 'action', 'callbackAnswer', 'call']);

/** Null for events that this page does not know, so that the server may grow new ones. */
export function readEvent({ type, data }: ServerSentEvent): SandboxEvent | null {
  return TYPES.has(type) ? ({ ...(JSON.parse(data) as object), type } as SandboxEvent) : null;
}
