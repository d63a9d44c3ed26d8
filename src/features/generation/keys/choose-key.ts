import type { KeyStatus } from './generation-key.entity.js';

/** Calls of createTask of one account that may fall into any 10 s; KIE drops what is beyond 20. */
export const WINDOW_CALLS = 18;
export const WINDOW_MS = 10_000;

/** A call that is not over says nothing of when: it is looked at again after this. */
const UNANSWERED_MS = 1_000;

/** A key as it stands at this moment. */
export interface KeyState {
  id: string;
  account: string;
  status: KeyStatus;
  /** Until its block ends by itself; 0: there is none. */
  blockedMs: number;
  inFlight: number;
  /** Seconds of the epoch; null: never. */
  lastUsed: number | null;
}

/** By account, what its window counts: in how many milliseconds each call leaves it, the first one first. null: not over. */
export type Windows = ReadonlyMap<string, readonly (number | null)[]>;

export type Choice<Key> =
  | { outcome: 'take'; key: Key }
  | { outcome: 'wait'; ms: number }
  /** No key is there that comes back soon. */
  | { outcome: 'none' };

type Standing = Pick<KeyState, 'account' | 'status' | 'blockedMs'>;

/** Whether it may be asked for videos, now or after a rest. */
export function isUsable({ status, blockedMs }: Standing): boolean {
  return status === 'active' || status === 'rate_limited' || (status === 'billing_blocked' && blockedMs <= 0);
}

/** How long the account may not be asked for videos, because it was asked too often. */
export function restOf(account: string, keys: readonly Standing[]): number {
  const rests = keys.filter((key) => key.account === account && key.status === 'rate_limited');
  return Math.max(0, ...rests.map(({ blockedMs }) => blockedMs));
}

/** Whose turn it is: of the healthy keys the one with the fewest jobs in flight, then the least recently used. */
export function chooseKey<Key extends KeyState>(keys: readonly Key[], windows: Windows): Choice<Key> {
  const usable = keys.filter(isUsable);
  if (usable.length === 0) return { outcome: 'none' };
  const waits = new Map(usable.map(({ account }) => [account, waitOf(account, keys, windows)]));
  const [key] = usable.filter(({ account }) => waits.get(account) === 0).sort(byTurn);
  return key ? { outcome: 'take', key } : { outcome: 'wait', ms: Math.ceil(Math.min(...waits.values())) };
}

/** How many calls all accounts together may take at this moment. */
export function roomOf(keys: readonly KeyState[], windows: Windows): number {
  const accounts = new Set(keys.filter(isUsable).map(({ account }) => account));
  return [...accounts]
    .filter((account) => restOf(account, keys) === 0)
    .map((account) => Math.max(0, WINDOW_CALLS - (windows.get(account)?.length ?? 0)))
    .reduce((sum, room) => sum + room, 0);
}

function waitOf(account: string, keys: readonly KeyState[], windows: Windows): number {
  return Math.max(restOf(account, keys), windowWait(windows.get(account) ?? []));
}

function windowWait(window: readonly (number | null)[]): number {
  if (window.length < WINDOW_CALLS) return 0;
  return Math.max(1, window[window.length - WINDOW_CALLS] ?? UNANSWERED_MS);
}

function byTurn(a: KeyState, b: KeyState): number {
  return a.inFlight - b.inFlight || (a.lastUsed ?? 0) - (b.lastUsed ?? 0);
}
