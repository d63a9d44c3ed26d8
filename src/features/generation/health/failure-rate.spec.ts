import { endedIn, failureRate } from './failure-rate.js';
import type { Outcomes } from './health.repository.js';

const of = (status: Outcomes['status'], errorClass: Outcomes['errorClass'], day: number, lastHour: number) => {
  return { status, errorClass, day, lastHour, credits: day };
};
const outcomes = [
  of('delivered', null, 60, 6),
  of('failed', 'TEMPORARY', 15, 1),
  of('failed', 'UNKNOWN', 5, 1),
  of('failed', 'USER_VIOLATION', 100, 50),
];

describe('the failure rate', () => {
  it('leaves out what broke the rules of the model', () => {
    expect(endedIn('day', outcomes)).toEqual({ delivered: 60, failed: 20 });
    expect(endedIn('lastHour', outcomes)).toEqual({ delivered: 6, failed: 2 });
    expect(failureRate(endedIn('day', outcomes))).toBe(0.25);
  });

  it('is unknown where nothing has ended', () => {
    expect(failureRate(endedIn('day', outcomes.slice(3)))).toBeNull();
  });
});
