import { signatureOf } from './signature.js';

describe('signatureOf', () => {
  // printf '1767225600.{"id":1}' | openssl dgst -sha256 -hmac 'a secret of tests'
  it('is what others compute', () => {
    expect(signatureOf('a secret of tests', 1_767_225_600, '{"id":1}')).toBe(
      'sha256=3cb42cd713960fed5b2d32819ae52d5bd5c50f3f42de880acc2b2fc0ee5ef424',
    );
  });
});
