import { codeOfApiWords } from './api-errors-in-words.js';
import recorded from './fixtures/api-words.json';

describe('codeOfApiWords', () => {
  it.each(recorded)('%s: %s', (code = '', words = '') => {
    expect(codeOfApiWords(words)).toBe(code);
  });

  it.each([null, '', 'Something went wrong', 'Error', 'Message with a page in it', 'Downloading', 'Delivery failed'])(
    'makes nothing of %j',
    (words) => {
      expect(codeOfApiWords(words)).toBeNull();
    },
  );
});
