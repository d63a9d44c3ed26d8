import { fitPrompt } from './fit-prompt.js';

describe('fitPrompt', () => {
  it.each([
    ['one two three', 100, 'one two three'],
    ['  one two three  ', 13, 'one two three'],
    ['one two three', 12, 'one two'],
    ['one two three', 7, 'one two'],
    ['one  \n two three', 8, 'one'],
    ['один два три', 10, 'один два'],
    ['incomprehensibilities', 5, 'incom'],
    ['x😀😀', 4, 'x😀'],
    ['a\0b', 100, 'ab'],
  ])('%j within %i characters is %j', (text, maxChars, fitting) => {
    expect(fitPrompt(text, maxChars)).toBe(fitting);
  });
});
