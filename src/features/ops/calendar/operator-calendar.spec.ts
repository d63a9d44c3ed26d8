import { ManualClock } from '../../../platform/clock/testing/manual-clock.js';
import { Settings } from '../../../platform/config/settings.js';
import { opsConfig } from '../ops.config.js';
import { OperatorCalendar } from './operator-calendar.js';

function calendarOf(timezone: string, now = '2026-11-20T12:00:00Z'): OperatorCalendar {
  const config = Settings.read([opsConfig], { OPERATOR_TIMEZONE: timezone }).get(opsConfig);
  return new OperatorCalendar(config, new ManualClock(Date.parse(now)));
}

describe("the operator's calendar", () => {
  it('knows today by his time zone, on both sides of midnight', () => {
    expect(calendarOf('Europe/Moscow', '2026-11-20T20:59:59.999Z').today()).toBe('2026-11-20');
    expect(calendarOf('Europe/Moscow', '2026-11-20T21:00:00Z').today()).toBe('2026-11-21');
    expect(calendarOf('America/New_York', '2026-11-21T04:59:59Z').today()).toBe('2026-11-20');
  });

  it.each([
    ['an ordinary day', 'Europe/Moscow', '2026-11-20', '2026-11-19T21:00Z', '2026-11-20T21:00Z'],
    ['the end of a month', 'Europe/Moscow', '2026-01-31', '2026-01-30T21:00Z', '2026-01-31T21:00Z'],
    ['the end of February', 'UTC', '2026-02-28', '2026-02-28T00:00Z', '2026-03-01T00:00Z'],
    ['a leap day', 'UTC', '2028-02-29', '2028-02-29T00:00Z', '2028-03-01T00:00Z'],
    ['the end of a year', 'UTC', '2026-12-31', '2026-12-31T00:00Z', '2027-01-01T00:00Z'],
    ['23 hours', 'Europe/Berlin', '2026-03-29', '2026-03-28T23:00Z', '2026-03-29T22:00Z'],
    ['25 hours', 'Europe/Berlin', '2026-10-25', '2026-10-24T22:00Z', '2026-10-25T23:00Z'],
    ['no midnight', 'Asia/Beirut', '2025-03-30', '2025-03-29T22:00Z', '2025-03-30T21:00Z'],
    ['two midnights', 'America/Havana', '2025-11-02', '2025-11-02T04:00Z', '2025-11-03T05:00Z'],
  ])('knows where a day begins and ends: %s', (_what, timezone, day, start, end) => {
    const calendar = calendarOf(timezone);
    expect(calendar.startOf(day)).toEqual(new Date(start));
    expect(calendar.endOf(day)).toEqual(new Date(end));
    expect(calendar.dayOf(calendar.startOf(day))).toBe(day);
    expect(calendar.dayOf(new Date(calendar.endOf(day).getTime() - 1))).toBe(day);
  });

  it('refuses a time zone that there is not', () => {
    expect(() => calendarOf('Europe/Nowhere')).toThrow('OPERATOR_TIMEZONE: expected a name');
  });
});
