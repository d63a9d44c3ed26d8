import { type ErrorCode } from '../../errors/error-codes.js';
import { ProviderError } from '../../errors/provider-error.js';
import { BrokenOff, type Circumstances, FileChanged, Setbacks } from './setback.js';

const ALONE: Circumstances = { canResume: true, connections: 1 };

const delays = (error: ProviderError, circumstances: Circumstances, count: number) => {
  const setbacks = new Setbacks();
  return Array.from({ length: count }, () => setbacks.delayAfter(error, circumstances));
};

describe('Setbacks', () => {
  it('goes on four times after breaks, each time later', () => {
    expect(delays(new BrokenOff('x'), ALONE, 5)).toEqual([0, 500, 1_000, 1_500, null]);
  });

  it('begins anew once where nothing can be kept', () => {
    expect(delays(new BrokenOff('x'), { canResume: false, connections: 1 }, 2)).toEqual([0, null]);
    expect(delays(new FileChanged(), ALONE, 2)).toEqual([0, null]);
  });

  it('goes on once after a stall', () => {
    expect(delays(new ProviderError('STALL', 'x'), ALONE, 2)).toEqual([0, null]);
    expect(delays(new ProviderError('UPSTREAM_5XX', 'x'), ALONE, 2)).toEqual([2_000, null]);
  });

  it('tries a single connection where several were refused', () => {
    for (const code of ['HTTP_429', 'BYTES_403', 'CONTENT_PRIVATE', 'EGRESS_DOWN'] satisfies ErrorCode[]) {
      expect(delays(new ProviderError(code, 'x'), { canResume: true, connections: 4 }, 2)).toEqual([2_000, null]);
      expect(delays(new ProviderError(code, 'x'), ALONE, 1)).toEqual([null]);
    }
  });

  it.each<ErrorCode>(['CONTENT_TOO_LARGE', 'LOCAL_DISK', 'USER_URL'])('takes %s for final', (code) => {
    expect(delays(new ProviderError(code, 'x'), { canResume: true, connections: 4 }, 1)).toEqual([null]);
  });
});
