import { usd, USD } from './usd.js';

describe('usd', () => {
  it.each([
    ['0.000300', '0.0003'],
    ['10.000000', '10.00'],
    ['0.500000', '0.50'],
    ['100', '100.00'],
  ])('writes %s as %s', (numeric, written) => {
    expect(usd(numeric)).toBe(written);
  });

  it.each(['0', '12.5', '0.000047', '999999.999999'])('%s is an amount', (text) => expect(text).toMatch(USD));
  it.each(['-1', '1e3', '.5', '5.', '1,5', ' 1', '1000000', '0.0000001', ''])('«%s» is none', (text) =>
    expect(text).not.toMatch(USD),
  );
});
