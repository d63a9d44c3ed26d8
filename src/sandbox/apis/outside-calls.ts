import type { ApiName } from './api-names.js';

const REMEMBERED = 5000;
const DEFAULT_PAGE = 200;

/** A call of an outside API as its stand-in saw it; keys are masked. */
export interface OutsideCall {
  seq: number;
  /** ISO 8601, when the call came. */
  at: string;
  api: ApiName;
  method: string;
  /** With the path of the door, without the query. */
  path: string;
  query: Record<string, unknown>;
  headers: Record<string, string>;
  /** Parsed where it is JSON, else the text; null without one. */
  body: unknown;
  /** What it was answered by; null for calls that no script is asked about, such as polls. */
  behaviour: string | null;
  /** 0 when the caller was gone before the answer. */
  status: number;
  response: unknown;
  ms: number;
}

export interface OutsideCallFilter {
  api?: ApiName;
  /** Only calls with a greater `seq`, oldest first; without it the newest ones. */
  after?: number;
  limit?: number;
}

export class OutsideCalls {
  private calls: OutsideCall[] = [];
  private last = 0;

  add(call: Omit<OutsideCall, 'seq'>): void {
    this.calls.push({ seq: ++this.last, ...call });
    if (this.calls.length > REMEMBERED) this.calls.shift();
  }

  find({ api, after, limit = DEFAULT_PAGE }: OutsideCallFilter): { items: OutsideCall[]; last: number } {
    const found = this.calls.filter((call) => call.seq > (after ?? 0) && (api === undefined || call.api === api));
    return { items: after === undefined ? found.slice(-limit) : found.slice(0, limit), last: this.last };
  }

  clear(): void {
    this.calls = [];
  }
}
