export const REQUEST_STATES = [
  'queued',
  'finding',
  'downloading',
  'processing',
  'uploading',
  'delivered',
  'failed',
  'cancelled',
] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

/**
 * Every way on. `finding` is about which medium it is, `downloading` about getting it from one provider or the next.
 * `queued` is entered again when a worker hands its work back or was lost, when somebody else is getting the same medium
 * already, and when a `file_id` that was sent from the cache turned out to be stale.
 */
export const TRANSITIONS: Record<RequestState, readonly RequestState[]> = {
  queued: ['finding', 'uploading', 'failed', 'cancelled'],
  finding: ['queued', 'downloading', 'uploading', 'failed', 'cancelled'],
  downloading: ['queued', 'processing', 'failed', 'cancelled'],
  processing: ['queued', 'uploading', 'failed', 'cancelled'],
  uploading: ['queued', 'delivered', 'failed'],
  delivered: [],
  failed: [],
  cancelled: [],
};

/** A worker holds the request while it is in one of these. */
export const WORKING: readonly RequestState[] = ['finding', 'downloading', 'processing'];
/** Not with Telegram yet: a worker must take it on. */
export const MOVING: readonly RequestState[] = ['queued', ...WORKING];
export const FINAL: readonly RequestState[] = REQUEST_STATES.filter((state) => TRANSITIONS[state].length === 0);

export function statesBefore(state: RequestState): RequestState[] {
  return REQUEST_STATES.filter((from) => TRANSITIONS[from].includes(state));
}
