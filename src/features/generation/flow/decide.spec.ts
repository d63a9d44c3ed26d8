import type { ErrorClass, ErrorDetail } from '../kie/error-class.js';
import { decide, type Decision } from './decide.js';

const config = { maxAttempts: 3, rateLimitDelaysSec: [60, 120, 240], temporaryDelaysSec: [10, 20, 40] };
const fail: Decision = { kind: 'fail' };
const again: Decision = { kind: 'again' };
const silently = (delaySec: number): Decision => ({ kind: 'retry', delaySec, tell: false });
const telling = (delaySec: number): Decision => ({ kind: 'retry', delaySec, tell: true });

interface Row {
  error: ErrorClass;
  detail?: ErrorDetail;
  before?: ErrorClass;
  attempts: number;
  is: Decision;
}

describe('decide', () => {
  it.each<Row>([
    { error: 'TEMPORARY', attempts: 1, is: telling(10) },
    { error: 'TEMPORARY', attempts: 2, is: telling(20) },
    { error: 'TEMPORARY', attempts: 3, is: fail },
    { error: 'TEMPORARY', attempts: 4, is: fail },
    { error: 'RATE_LIMIT', attempts: 1, is: silently(60) },
    { error: 'RATE_LIMIT', attempts: 2, is: telling(120) },
    { error: 'RATE_LIMIT', attempts: 3, is: fail },
    { error: 'UNKNOWN', attempts: 1, is: telling(10) },
    { error: 'UNKNOWN', attempts: 2, before: 'UNKNOWN', is: fail },
    { error: 'UNKNOWN', attempts: 2, before: 'TEMPORARY', is: telling(10) },
    { error: 'UNKNOWN', attempts: 3, before: 'TEMPORARY', is: fail },
    { error: 'USER_VIOLATION', attempts: 1, is: fail },
    { error: 'CONFIG', attempts: 1, is: fail },
    { error: 'CONFIG', detail: 'model_paused', attempts: 1, is: again },
    { error: 'CONFIG', detail: 'model_paused', attempts: 3, is: again },
    { error: 'CONFIG', detail: 'key_invalid', attempts: 3, is: again },
    { error: 'BILLING', attempts: 1, is: again },
    { error: 'BILLING', attempts: 3, is: again },
    { error: 'BILLING', detail: 'key_invalid', attempts: 2, is: again },
  ])('$error ($detail) after $attempts attempts, $before before', ({ error, detail, before, attempts, is }) => {
    expect(decide({ class: error, detail: detail ?? null }, { attempts, errorClass: before ?? null }, config)).toEqual(
      is,
    );
  });

  it('uses the third wait when there are more attempts, and the last one for all after it', () => {
    const more = { ...config, maxAttempts: 9 };
    const wait = (attempts: number) =>
      decide({ class: 'TEMPORARY', detail: null }, { attempts, errorClass: null }, more);
    expect([3, 4, 8].map(wait)).toEqual([telling(40), telling(40), telling(40)]);
  });

  it('waits for nothing when no waits are set', () => {
    const bare = { ...config, temporaryDelaysSec: [] };
    expect(decide({ class: 'TEMPORARY', detail: null }, { attempts: 1, errorClass: null }, bare)).toEqual(telling(0));
  });
});
