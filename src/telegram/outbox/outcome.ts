import { TelegramError } from 'telegraf';
import type { NetworkErrorCode } from '../../platform/http/index.js';
import { storable } from '../../platform/text/storable.js';
import { UploadCutShort } from './bot-api-call.js';
import type { BotApiResult } from './file-calls.js';
import type { OutboxKind } from './outbox-message.entity.js';

/** What a call of the Bot API came to, and what follows for the message. */
export type Outcome =
  | { kind: 'done'; result: BotApiResult }
  /** Not sent. `serverError` is the code of one that the server itself has made. */
  | { kind: 'retry'; afterMs: number; reason: string; serverError?: number }
  /** Telegram asks for silence in this chat. */
  | { kind: 'hold'; afterMs: number }
  | { kind: 'moved'; chatId: number }
  /** The person has blocked the bot, or is gone. */
  | { kind: 'blocked'; code: number; reason: string }
  /** What was asked for is so already. */
  | { kind: 'moot' }
  /** There is nothing to change: what it is about was never sent. */
  | { kind: 'pointless' }
  /** Its subject is not there any more. */
  | { kind: 'gone'; code: number; reason: string }
  | { kind: 'badMarkup'; code: number; reason: string }
  | { kind: 'failed'; code: number; reason: string }
  /** Sent or not: the answer never came. */
  | { kind: 'unknown'; reason: string };

const NOT_SENT = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'],
  ...(['unreachable', 'unresolved'] satisfies NetworkErrorCode[]),
]);

const MOOT = ['message is not modified', 'message to delete not found', "message can't be deleted"];
const GONE = ['message to edit not found', "message can't be edited", 'message_id_invalid'];
const BLOCKED = ['chat not found'];

const MAX_BACKOFF_MS = 60_000;
const backoffMs = (attempts: number) => Math.min(MAX_BACKOFF_MS, 1_000 * 2 ** Math.min(attempts - 1, 10));

/** Reads a failed call. Descriptions are matched as the server writes them, in any case of letters. */
export function outcomeOf(error: unknown, attempts: number): Outcome {
  if (!(error instanceof TelegramError)) return transportOutcome(error, attempts);
  const { code, parameters } = error;
  const description = storable(error.description);
  const says = (texts: string[]) => texts.some((text) => description.toLowerCase().includes(text));
  if (code === 429) return { kind: 'hold', afterMs: Math.max(1, parameters?.retry_after ?? 5) * 1_000 };
  if (parameters?.migrate_to_chat_id !== undefined) return { kind: 'moved', chatId: parameters.migrate_to_chat_id };
  if (code >= 500) return { kind: 'retry', afterMs: backoffMs(attempts), reason: description, serverError: code };
  // A wrong token is a matter of the operator: what is owed waits until it is right.
  if (code === 401 || code === 404) return { kind: 'retry', afterMs: MAX_BACKOFF_MS, reason: description };
  if (says(MOOT)) return { kind: 'moot' };
  if (says(GONE)) return { kind: 'gone', code, reason: description };
  if (says(["can't parse entities"])) return { kind: 'badMarkup', code, reason: description };
  if (code === 403 || says(BLOCKED)) return { kind: 'blocked', code, reason: description };
  return { kind: 'failed', code, reason: description };
}

function transportOutcome(error: unknown, attempts: number): Outcome {
  const reason = storable(error instanceof Error ? error.message : String(error));
  if (error instanceof UploadCutShort) return { kind: 'retry', afterMs: 0, reason };
  if (NOT_SENT.has(codeOf(error))) return { kind: 'retry', afterMs: backoffMs(attempts), reason };
  if (error instanceof Error && 'kind' in error && error.kind === 'not_found')
    return { kind: 'failed', code: 0, reason };
  return { kind: 'unknown', reason };
}

/** Of the words telegraf's library has for it, and of ours. */
function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** After how long a message is sent again when nobody knows whether it has arrived; null: it is not. */
export function repeatAfterMs(kind: OutboxKind, unknowns: number): number | null {
  switch (kind) {
    case 'edit':
    case 'delete':
      return unknowns < 5 ? 1_000 : null;
    case 'status':
    case 'error':
      return unknowns < 1 ? 1_000 : null;
    case 'result':
      return unknowns < 1 ? 30_000 : null;
    case 'notice':
    case 'broadcast':
      return null;
  }
}
