import { challengeOf, isChallenge, verifies } from './pkce.js';

describe('PKCE', () => {
  it('makes the challenge of RFC 7636, appendix B', () => {
    const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
    expect(challengeOf(verifier)).toBe('E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM');
    expect(verifies(verifier, challengeOf(verifier))).toBe(true);
  });

  it.each(['', 'v'.repeat(42), 'v'.repeat(129), `${'v'.repeat(43)}!`])('takes no verifier like %j', (verifier) => {
    expect(verifies(verifier, challengeOf(verifier))).toBe(false);
  });

  it.each(['', 'a'.repeat(42), `${'a'.repeat(42)}=`, 'a'.repeat(44)])('takes no challenge like %j', (challenge) => {
    expect(isChallenge(challenge)).toBe(false);
  });
});
