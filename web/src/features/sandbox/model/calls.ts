import type { ApiCall } from '../api';

/** More than these only slow the page down; the server keeps the rest. */
const KEPT = 500;

/** Newest first, each call once; a call that comes again replaces what was known of it. */
export function mergeCalls(known: readonly ApiCall[], incoming: readonly ApiCall[]): ApiCall[] {
  const bySeq = new Map([...known, ...incoming].map((call) => [call.seq, call]));
  return [...bySeq.values()].sort((a, b) => b.seq - a.seq).slice(0, KEPT);
}

/** The server's page of calls, put to the known ones. A sandbox that started anew counts from 1 again, and replaces them. */
export function mergeLoaded(known: readonly ApiCall[], { items, last }: { items: ApiCall[]; last: number }): ApiCall[] {
  return mergeCalls((known[0]?.seq ?? 0) > last ? [] : known, items);
}

export type CallTone = 'ok' | 'limited' | 'refused' | 'broken';

/** How a call went: answered, told to wait, refused, or failed on Telegram's side (a cut connection has status 0). */
export function toneOf({ status }: ApiCall): CallTone {
  if (status >= 200 && status < 300) return 'ok';
  if (status === 429) return 'limited';
  return status >= 400 && status < 500 ? 'refused' : 'broken';
}

export const methodsOf = (calls: readonly ApiCall[]): string[] =>
  [...new Set(calls.map((call) => call.method))].sort((a, b) => a.localeCompare(b));
