import { storable } from './storable.js';

describe('storable', () => {
  it.each([
    ['zero\0 bytes\0', 'zero bytes'],
    ['\ud83dhalves\ude00 \ude00\ud83d', 'halves '],
    ['🔑 whole', '🔑 whole'],
    ['control\u0001 \n', 'control\u0001 \n'],
    [' as long as it is ', ' as long as it is '],
    ['', ''],
  ])('takes out of %j what cannot be kept, and nothing else', (text, kept) => {
    expect(storable(text)).toBe(kept);
  });

  it.each([
    ['  Ada  ', 'Ada'],
    ['\0 Ada\0 Love \0', 'Ada Love'],
    ['\ud83dAda🔑', 'Ada🔑'],
    ['\0ten chars.', 'ten chars.'],
    ['🔑'.repeat(12), '🔑'.repeat(10)],
    ['nine chrs cut', 'nine chrs'],
    [' \0 ', ''],
  ])('makes %j fit', (text, fit) => {
    expect(storable(text, 10)).toBe(fit);
  });
});
