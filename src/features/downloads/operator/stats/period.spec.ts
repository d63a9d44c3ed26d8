import { OperatorCalendar, type OpsConfig } from '../../../ops/index.js';
import { ManualClock } from '../../../../platform/clock/testing/manual-clock.js';
import { daysOf, monthOf, periodOf } from './period.js';

const NOW = new Date('2026-11-20T21:30:00Z');
/** There it is the 21st already. */
const calendar = new OperatorCalendar({ timezone: 'Europe/Moscow' } as OpsConfig, new ManualClock(NOW.getTime()));
const iso = ({ from, to }: { from: Date; to: Date }) => [from.toISOString(), to.toISOString()];

describe('the period of a report', () => {
  it.each([
    ['an hour', { window: '1h' }, '2026-11-20T20:30:00.000Z', '2026-11-20T21:30:00.000Z'],
    ['a day', { window: '24h' }, '2026-11-19T21:30:00.000Z', '2026-11-20T21:30:00.000Z'],
    [
      'a week up to a moment',
      { window: '7d', to: new Date('2026-11-08T00:00:00Z') },
      '2026-11-01T00:00:00.000Z',
      '2026-11-08T00:00:00.000Z',
    ],
    [
      'from a moment on',
      { window: '1h', from: new Date('2026-11-01T00:00:00+03:00') },
      '2026-10-31T21:00:00.000Z',
      '2026-11-20T21:30:00.000Z',
    ],
  ] as const)('is %s', (_what, asked, from, to) => {
    expect(iso(periodOf(asked, NOW))).toEqual([from, to]);
  });

  it('does not end before it begins', () => {
    const asked = {
      window: '1h',
      from: new Date('2026-11-02T00:00:00Z'),
      to: new Date('2026-11-01T00:00:00Z'),
    } as const;
    expect(() => periodOf(asked, NOW)).toThrow('It ends before it begins');
  });
});

describe('the days of a report', () => {
  it('are thirty of the operator, today included', () => {
    const days = daysOf({}, calendar);
    expect([days.first, days.last]).toEqual(['2026-10-23', '2026-11-21']);
    expect(iso(days)).toEqual(['2026-10-22T21:00:00.000Z', '2026-11-21T21:00:00.000Z']);
  });

  it('are those that are asked for', () => {
    expect(iso(daysOf({ from: '2026-03-01', to: '2026-03-01' }, calendar))).toEqual([
      '2026-02-28T21:00:00.000Z',
      '2026-03-01T21:00:00.000Z',
    ]);
  });

  it.each([
    [{ from: '2026-03-02', to: '2026-03-01' }, 'It ends before it begins'],
    [{ from: '2025-11-20', to: '2026-11-21' }, 'It is longer than 366 days'],
  ])('are refused: %o', (asked, message) => {
    expect(() => daysOf(asked, calendar)).toThrow(message);
  });

  it('of a month begin with its first', () => {
    expect(iso(monthOf(calendar.today(), calendar))).toEqual(['2026-10-31T21:00:00.000Z', '2026-11-21T21:00:00.000Z']);
  });
});
