import { verifyResult } from './verify-result.js';
import { factsOf } from './testing/facts.js';

const EXPECTED = { durationSec: 60, audio: true, squarePixels: true, videoCodec: 'h264' };
const WIDE = { num: 16, den: 9 };

describe('verifyResult', () => {
  it.each([[{}], [{ durationSec: 60.59 }]])('accepts %j', (result) => {
    expect(() => verifyResult(factsOf(result), EXPECTED)).not.toThrow();
  });

  it('allows half a second to what is short', () => {
    expect(() => verifyResult(factsOf({ durationSec: 2.4 }), { ...EXPECTED, durationSec: 2 })).not.toThrow();
    expect(() => verifyResult(factsOf({ durationSec: 2.6 }), { ...EXPECTED, durationSec: 2 })).toThrow(
      /2.6 s instead of 2/,
    );
  });

  it.each([
    [{ durationSec: 60.7 }, '60.7 s instead of 60 s'],
    [{ durationSec: null }, '0 s instead of 60 s'],
    [{ audio: null }, 'the sound is lost'],
    [{ indexInFront: false }, 'the index is not in front'],
    [{ video: { sar: WIDE, bitstreamSar: { num: 1, den: 1 } } }, 'the container does not say'],
    [{ video: { bitstreamSar: WIDE } }, 'the bitstream does not say'],
    [{ video: { codec: 'hevc' } }, 'hevc instead of h264'],
  ])('refuses %j', (result, words) => {
    expect(() => verifyResult(factsOf(result), EXPECTED)).toThrow(words);
  });

  it('refuses a result without a picture', () => {
    expect(() => verifyResult({ ...factsOf(), video: null }, EXPECTED)).toThrow('the picture is lost');
  });

  it('wants no picture with sound alone', () => {
    const sound = { ...EXPECTED, videoCodec: null };
    expect(() => verifyResult({ ...factsOf(), video: null }, sound)).not.toThrow();
    expect(() => verifyResult(factsOf(), sound)).toThrow('there is still a picture');
    expect(() => verifyResult({ ...factsOf(), video: null, indexInFront: false }, sound)).toThrow('the index');
  });
});
