import { linkCodeOf } from './link-code.js';

describe('linkCodeOf', () => {
  it.each([
    ['link_cQ0XkFh1mS7c0wYb3nYJ4A', 'cQ0XkFh1mS7c0wYb3nYJ4A'],
    ['link_a-b_c', 'a-b_c'],
    ['link_', undefined],
    ['link_a b', undefined],
    ['xlink_abc', undefined],
    [`link_${'a'.repeat(60)}`, undefined],
    ['', undefined],
  ])('finds in «%s» %s', (payload, code) => {
    expect(linkCodeOf(payload)).toBe(code);
  });
});
