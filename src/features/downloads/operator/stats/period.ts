import { DateTime } from 'luxon';
import { DomainError } from '../../../../platform/errors/domain-error.js';
import type { OperatorCalendar, OperatorDay } from '../../../ops/index.js';

export const WINDOWS = ['1h', '24h', '7d'] as const;
export type Window = (typeof WINDOWS)[number];

const HOUR_MS = 3_600_000;
const WINDOW_MS: Record<Window, number> = { '1h': HOUR_MS, '24h': 24 * HOUR_MS, '7d': 7 * 24 * HOUR_MS };

const USUAL_DAYS = 30;
const MOST_DAYS = 366;

/** `from` ≤ t < `to`. */
export interface Period {
  from: Date;
  to: Date;
}

/** Whole days of the operator, the last one included. */
export interface Days extends Period {
  first: OperatorDay;
  last: OperatorDay;
}

/** The last hour, day or week; `from` and `to` say it more exactly. @throws DomainError `stats.period_invalid` */
export function periodOf({ window, from, to }: { window: Window; from?: Date; to?: Date }, now: Date): Period {
  const end = to ?? now;
  const begin = from ?? new Date(end.getTime() - WINDOW_MS[window]);
  if (begin >= end) throw periodInvalid('It ends before it begins');
  return { from: begin, to: end };
}

/** Thirty days up to today, unless said otherwise. @throws DomainError `stats.period_invalid` */
export function daysOf({ from, to }: { from?: OperatorDay; to?: OperatorDay }, calendar: OperatorCalendar): Days {
  const last = to ?? calendar.today();
  const first = from ?? plusDays(last, 1 - USUAL_DAYS);
  if (first > last) throw periodInvalid('It ends before it begins');
  if (first < plusDays(last, 1 - MOST_DAYS)) throw periodInvalid(`It is longer than ${MOST_DAYS} days`);
  return { first, last, from: calendar.startOf(first), to: calendar.endOf(last) };
}

/** From the first day of the month of `today`. */
export function monthOf(today: OperatorDay, calendar: OperatorCalendar): Period {
  return { from: calendar.startOf(`${today.slice(0, 7)}-01`), to: calendar.endOf(today) };
}

function plusDays(day: OperatorDay, days: number): OperatorDay {
  return DateTime.fromISO(day, { zone: 'utc' }).plus({ days }).toFormat('yyyy-MM-dd');
}

function periodInvalid(message: string): DomainError {
  return new DomainError('stats.period_invalid', 'invalid', message);
}
