export type StopReason =
  /** The asker pressed Cancel. */
  | 'cancelled'
  /** Another worker holds the request now. */
  | 'lost'
  /** This process is to end. */
  | 'shutdown'
  /** MAX_DOWNLOAD_SEC is over. */
  | 'deadline';

/** Why work on a request was broken off; the reason of its abort signal. */
export class Stopped extends Error {
  constructor(readonly why: StopReason) {
    super(`Stopped: ${why}`);
  }
}
