import { DateTime } from 'luxon';
import { DomainError, type ErrorKind } from '../../../platform/errors/domain-error.js';
import type { QuotaName } from './quota-definitions.js';

/** What was asked of a quota that has no room for it. */
export interface Refusal {
  quota: QuotaName;
  amount: number;
  used: number;
  limit: number;
  at: Date;
}

const CODES: Record<QuotaName, string> = {
  recordings: 'quota.recordings',
  storage: 'quota.storage',
  tasks: 'quota.tasks',
  automationJobs: 'quota.automation_jobs',
};

/** 429 where waiting helps, else 403. */
const KINDS: Record<QuotaName, ErrorKind> = {
  recordings: 'limit',
  storage: 'forbidden',
  tasks: 'forbidden',
  automationJobs: 'forbidden',
};

const WORDS: Record<QuotaName, (refusal: Refusal) => string> = {
  recordings: ({ used, limit, at }) =>
    `${used} of ${limit} recordings of this month are used: wait until ${nextMonth(at)}, or ask the operator for more`,
  storage: ({ amount, used, limit }) =>
    `${used} of ${limit} bytes are used, and this takes ${amount}: delete recordings, or ask the operator for more`,
  tasks: ({ used, limit }) => `${used} of ${limit} tasks run at this moment: wait until one has ended, or cancel one`,
  automationJobs: ({ used, limit }) =>
    `There are ${used} of ${limit} automation jobs: delete one, or ask the operator for more`,
};

export function quotaReached(refusal: Refusal): DomainError {
  const { quota, limit, used } = refusal;
  return new DomainError(CODES[quota], KINDS[quota], WORDS[quota](refusal), { context: { limit, used } });
}

const nextMonth = (at: Date) =>
  DateTime.fromJSDate(at, { zone: 'utc' }).plus({ months: 1 }).startOf('month').toISODate();
