import { mask } from './mask.js';

describe('mask', () => {
  it('shows the last four characters, unless these are more than half', () => {
    expect(mask('sk-1234567890abcd')).toBe('••••abcd');
    expect(mask('12345678')).toBe('••••5678');
    expect(mask('1234567')).toBe('••••');
    expect(mask('')).toBe('••••');
  });
});
