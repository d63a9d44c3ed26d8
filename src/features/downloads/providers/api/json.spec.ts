import { httpUrlOf, listOf, numberOf, objectOf, textOf } from './json.js';

describe('reading replies', () => {
  it.each([
    [5, 5],
    ['400', 400],
    [' 1000 ', 1_000],
    ['', null],
    ['many', null],
    [true, null],
    [null, null],
    [Infinity, null],
  ])('the number in %j is %j', (value, number) => {
    expect(numberOf(value)).toBe(number);
  });

  it('takes what is not there for nothing', () => {
    expect([objectOf(null), objectOf([1]), objectOf('x')]).toEqual([{}, {}, {}]);
    expect([listOf(undefined), listOf({})]).toEqual([[], []]);
    expect([textOf(' a '), textOf('  '), textOf(1)]).toEqual(['a', null, null]);
  });

  it.each([
    ['https://cdn.example//a//b?c=d', true],
    ['http://cdn.example/', true],
    ['//cdn.example/a', false],
    ['ftp://cdn.example/a', false],
    ['file:///etc/passwd', false],
    ['https://', false],
    [null, false],
  ])('%s can be asked: %s', (value, can) => {
    expect(httpUrlOf(value)).toBe(can ? value : null);
  });
});
