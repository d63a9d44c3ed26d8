/** Something that is not as it must be. */
export interface Problem {
  /** E.g. `available_differs`; the README of the feature has all of them. */
  code: string;
  /** `account:{id}`, `entry:{id}`, `transaction:{id}`, `lot:{id}`, or the reference of a hold. */
  subject: string;
  /** An amount or an outcome; null: there should be nothing. */
  expected: number | string | null;
  /** null: there is nothing. */
  actual: number | string | null;
}

/** How much was looked at. */
export interface Checked {
  accounts: number;
  entries: number;
  holds: number;
  /** Rows of the features that hold credits. */
  jobs: number;
}

export interface AuditReport {
  ok: boolean;
  checkedAt: Date;
  checked: Checked;
  /** At most `MOST_PROBLEMS`. */
  problems: Problem[];
}

/** Enough to see what is wrong. */
export const MOST_PROBLEMS = 1_000;
