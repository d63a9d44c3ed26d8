import { mask } from './mask.js';

describe('mask', () => {
  it.each([
    ['abcdef1234', '••••1234'],
    ['12345678', '••••5678'],
    ['1234567', '••••'],
    ['', '••••'],
    ['a pässwörd of 🔑🔑🔑🔑x', '••••🔑🔑🔑x'],
  ])('shows %s as %s', (secret, shown) => {
    expect(mask(secret)).toBe(shown);
  });
});
