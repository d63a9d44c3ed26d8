import { codeOfCobalt } from './cobalt-errors.js';
import known from './fixtures/error-codes.json';

const cases = Object.entries(known).flatMap(([code, cobaltCodes]) => cobaltCodes.map((each) => [each, code] as const));

describe('codeOfCobalt', () => {
  it.each(cases)('%s is %s, however long its prefix is', (cobaltCode, code) => {
    for (const prefix of ['', 'error.', 'error.api.']) expect(codeOfCobalt(prefix + cobaltCode)).toBe(code);
  });
});
