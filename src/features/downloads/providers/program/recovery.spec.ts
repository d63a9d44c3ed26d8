import { ERROR_CODES } from '../../errors/error-codes.js';
import { recoveryFor } from './recovery.js';

describe('recoveryFor', () => {
  it('knows a way for these codes alone', () => {
    const ways = Object.fromEntries(
      ERROR_CODES.flatMap((code) => (recoveryFor(code) ? [[code, recoveryFor(code)]] : [])),
    );
    expect(ways).toEqual({
      BYTES_403: 'reextract',
      NO_FORMAT: 'relax',
      STALL: 'resume',
      UPSTREAM_5XX: 'resume',
    });
  });
});
