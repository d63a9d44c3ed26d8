import { ManualClock } from '../../../platform/clock/testing/manual-clock.js';
import { insist } from './insist.js';

describe('insist', () => {
  const failure = (code: string) => Object.assign(new Error(code), { code });

  it.each(['57P01', 'ECONNREFUSED', '40P01', '57014'])('writes again after %s', async (code) => {
    const clock = new ManualClock();
    const write = vi.fn<() => Promise<string>>().mockRejectedValueOnce(failure(code)).mockResolvedValue('done');
    const written = insist(clock, write);
    await Promise.resolve();
    await Promise.resolve();
    clock.advance(1_000);
    expect(await written).toBe('done');
    expect(write).toHaveBeenCalledTimes(2);
  });

  it('does not insist on what is wrong', async () => {
    const write = vi.fn<() => Promise<string>>().mockRejectedValue(failure('23505'));
    await expect(insist(new ManualClock(), write)).rejects.toThrow('23505');
    expect(write).toHaveBeenCalledOnce();
  });

  it('does not insist for ever', async () => {
    const clock = new ManualClock();
    const written = insist(clock, () => {
      clock.advance(120_000);
      return Promise.reject(failure('57P01'));
    });
    await expect(written).rejects.toThrow('57P01');
  });
});
