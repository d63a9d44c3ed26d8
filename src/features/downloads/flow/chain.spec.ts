import type { ErrorCode } from '../errors/error-codes.js';
import { ProviderError } from '../errors/provider-error.js';
import { goesOn, tellingFailure } from './chain.js';

const failures = (...codes: ErrorCode[]) => codes.map((code) => new ProviderError(code, code));

describe('the chain of providers', () => {
  it.each<[ErrorCode[], boolean]>([
    [[], true],
    [['HTTP_403'], true],
    [['STALL'], true],
    [['PROVIDER_BUG', 'EGRESS_DOWN'], true],
    [['CONTENT_AGE'], true],
    [['CONTENT_GEO', 'CONTENT_DRM'], true],
    [['CONTENT_GONE'], true],
    [['CONTENT_GONE', 'CONTENT_GONE'], false],
    [['CONTENT_PRIVATE'], false],
    [['USER_URL'], false],
    [['LOCAL_DISK'], false],
  ])('after %s goes on: %s', (codes, expected) => {
    expect(goesOn(failures(...codes))).toBe(expected);
  });

  it('tells the asker what is wrong with the content rather than what failed last', () => {
    expect(tellingFailure(failures('CONTENT_AGE', 'HTTP_403'))?.code).toBe('CONTENT_AGE');
    expect(tellingFailure(failures('HTTP_403', 'STALL'))?.code).toBe('STALL');
  });
});
