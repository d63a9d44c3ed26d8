import type { GenerationError } from '../kie/error-class.js';
import { restAfter, verdictOf, type Verdict } from './verdict.js';

const error = (fields: Partial<GenerationError>): GenerationError => ({
  class: 'UNKNOWN',
  detail: null,
  code: '500',
  message: 'It says so',
  retryAfterSec: null,
  ...fields,
});

it.each<[Partial<GenerationError>, Verdict]>([
  [{ class: 'CONFIG', detail: 'key_invalid', code: '401' }, 'invalid'],
  [{ class: 'BILLING', code: '402' }, 'account_broke'],
  [{ class: 'BILLING', code: '500' }, 'account_broke'],
  [{ class: 'BILLING', code: '433' }, 'key_broke'],
  [{ class: 'RATE_LIMIT', code: '429' }, 'rest'],
  [{ class: 'TEMPORARY', code: '503' }, 'failure'],
  [{ class: 'CONFIG', detail: 'model_paused' }, 'none'],
  [{ class: 'USER_VIOLATION' }, 'none'],
  [{ class: 'UNKNOWN' }, 'none'],
])('%o means %s', (fields, verdict) => {
  expect(verdictOf(error(fields))).toBe(verdict);
});

it('rests longer with each 429 in a row, unless KIE says how long', () => {
  expect([0, 1, 2, 3, 4, 50].map((inARow) => restAfter(inARow, null))).toEqual([10, 60, 600, 3_600, 3_600, 3_600]);
  expect(restAfter(3, 7)).toBe(7);
  expect(restAfter(1, 0)).toBe(60);
  expect(restAfter(0, 1e12)).toBe(86_400);
});
