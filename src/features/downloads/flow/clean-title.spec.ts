import { cleanTitle } from './clean-title.js';

describe('cleanTitle', () => {
  it.each([
    ['A title', 'A title'],
    ['with a\u0000 NUL', 'with a  NUL'],
    ['lines\nand\ttabs', 'lines and tabs'],
    ['half \ud83d of a smile', 'half   of a smile'],
    ['a whole 😀', 'a whole 😀'],
    ['\u0000', null],
    [null, null],
  ])('makes of %j %j', (title, expected) => {
    expect(cleanTitle(title)).toBe(expected);
  });
});
