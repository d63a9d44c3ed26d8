import type { EventHub } from './events.js';

const REMEMBERED = 20_000;
const DEFAULT_PAGE = 200;

/** A call of the Bot API, written down when it is answered, or when a fault takes its answer away. */
export interface ApiCall {
  seq: number;
  /** ISO 8601, when the call came. */
  at: string;
  botId: number;
  method: string;
  chatId: number | string | null;
  /** Files appear as `{name, size, fileId}`. */
  params: Record<string, unknown>;
  /** HTTP status; 0 when no answer was sent. */
  status: number;
  /** The body, also when it never reached the bot; null when the call had no effect. */
  response: unknown;
  ms: number;
  fault?: string;
}

export interface CallFilter {
  botId?: number;
  chatId?: number;
  method?: string;
  /** Only calls with a greater `seq`, oldest first; without it the newest ones. */
  after?: number;
  limit?: number;
}

export class CallLog {
  private calls: ApiCall[] = [];
  private last = 0;

  constructor(private readonly events: EventHub) {}

  add(call: Omit<ApiCall, 'seq'>): ApiCall {
    const entry: ApiCall = { seq: ++this.last, ...call };
    this.calls.push(entry);
    if (this.calls.length > REMEMBERED * 1.1) this.calls = this.calls.slice(-REMEMBERED);
    this.events.emit('call', call.botId, call.chatId, { call: entry });
    return entry;
  }

  /** For a call that was written down before its answer was sent. */
  settle(entry: ApiCall, status: number, response: unknown): void {
    Object.assign(entry, { status, response });
  }

  find({ botId, chatId, method, after, limit = DEFAULT_PAGE }: CallFilter): { items: ApiCall[]; last: number } {
    const found = this.calls.filter(
      (call) =>
        call.seq > (after ?? 0) &&
        (botId === undefined || call.botId === botId) &&
        (chatId === undefined || call.chatId === chatId) &&
        (method === undefined || call.method.toLowerCase() === method.toLowerCase()),
    );
    return { items: after === undefined ? found.slice(-limit) : found.slice(0, limit), last: this.last };
  }

  clear(): void {
    this.calls = [];
  }
}
