import type { Alert } from './alert.entity.js';

/**
 * Port: how the operator hears of alerts. What it sends it writes down in the ambient transaction, so that it is sent
 * once and when the alert is committed. The operator bot implements it.
 */
export abstract class AlertsFrontend {
  /** Whether there is anybody to tell. Until there is, alerts wait untold. */
  abstract canTell(): boolean;

  /** Tells of an alert with its buttons, for the `tellings`th time. */
  abstract tell(alert: Alert): Promise<void>;

  /** Tells that an alert is over, and takes its buttons away. */
  abstract resolved(alert: Alert): Promise<void>;

  /** Changes what was told last into what is so now: what has been done by whom, and what may still be done. */
  abstract show(alert: Alert): Promise<void>;

  /** What an alert says, as plain text. */
  abstract words(alert: Alert): { en: string; ru: string };
}
