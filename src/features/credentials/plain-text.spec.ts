import { plainText } from './plain-text.js';

describe('plainText', () => {
  it.each([
    ['  Ada  ', 'Ada'],
    ['Ada\0 Love', 'Ada Love'],
    ['\ud83dAda🔑', 'Ada🔑'],
    ['🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑', '🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑'],
    ['nine chrs cut', 'nine chrs'],
    ['', ''],
  ])('makes «%s» fit', (text, fit) => {
    expect(plainText(text, 10)).toBe(fit);
  });
});
