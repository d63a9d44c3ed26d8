import { urlOfContact } from './url-of-contact.js';

describe('urlOfContact', () => {
  it.each([
    ['@nexus_support', 'https://t.me/nexus_support'],
    ['https://example.com/help', 'https://example.com/help'],
    ['help@example.com', undefined],
    ['write to Anna', undefined],
    [undefined, undefined],
  ])('makes of %s %s', (contact, url) => {
    expect(urlOfContact(contact)).toBe(url);
  });
});
