export type StopReason =
  /** Its owner wishes it, or his account is gone: leave nothing behind. */
  | 'cancelled'
  /** This process is to end, another one begins anew: what the next run can use may stay. */
  | 'handed_back'
  /** Another process has taken it over: touch nothing that it uses. */
  | 'lost';

/** Why work on a task is to stop; the reason of its handler's signal. */
export class TaskStopped extends Error {
  constructor(readonly why: StopReason) {
    super(`Stopped: ${why}`);
    this.name = 'TaskStopped';
  }
}
