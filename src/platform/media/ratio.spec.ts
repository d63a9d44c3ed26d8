import { even, isUsualShape, parseRatio, sameRatio, SQUARE } from './ratio.js';

describe('pixel shapes', () => {
  it.each([undefined, 'N/A', '0:1', '1:0', '', 'x:y'])('reads %s as square', (text) => {
    expect(parseRatio(text)).toEqual(SQUARE);
  });

  it('reads a ratio', () => {
    expect(parseRatio('64:45')).toEqual({ num: 64, den: 45 });
  });

  it('compares shapes, not terms', () => {
    expect(sameRatio({ num: 32, den: 27 }, { num: 64, den: 54 })).toBe(true);
    expect(sameRatio({ num: 16, den: 9 }, SQUARE)).toBe(false);
  });

  it.each([
    [16 / 9, true],
    [(720 / 576) * (16 / 11), true],
    [2.39, true],
    [9 / 16, true],
    [1, false],
    [720 / 480, false],
    [720 / 576, false],
  ])('%d as a usual picture shape: %s', (value, usual) => {
    expect(isUsualShape(value)).toBe(usual);
  });

  it.each([
    [640, 640],
    [641.1, 642],
    [640.9, 640],
    [0.4, 2],
  ])('the even number at %d is %d', (pixels, expected) => {
    expect(even(pixels)).toBe(expected);
  });
});
