import { type ConsentRules, readAuthorizationRequest } from './authorization-request.js';

const RULES: ConsentRules = {
  title: 'Somewhere',
  accounts: [],
  scopesFor: (asked) => [...asked],
  scopeTexts: {},
  requiredParameters: ['state'],
};
const GOOD = {
  client_id: 'sandbox',
  redirect_uri: 'https://app.example/back',
  response_type: 'code',
  state: 's',
  scope: ' read  write ',
};
const S256 = { code_challenge: 'c'.repeat(43), code_challenge_method: 'S256' };

const read = (changes: Record<string, string> = {}) =>
  readAuthorizationRequest(new URLSearchParams({ ...GOOD, ...changes }), RULES);

describe('readAuthorizationRequest', () => {
  it('reads what is asked for', () => {
    expect(read()).toEqual({
      kind: 'good',
      request: {
        clientId: 'sandbox',
        redirectUri: 'https://app.example/back',
        state: 's',
        scopes: ['read', 'write'],
        challenge: null,
      },
    });
    expect(read({ ...S256, code_challenge_method: 's256' })).toMatchObject({
      request: { challenge: S256.code_challenge },
    });
  });

  it.each([
    ['client', { client_id: 'stranger' }],
    ['client', { client_id: '' }],
    ['redirectUri', { redirect_uri: '' }],
    ['redirectUri', { redirect_uri: '/back' }],
    ['redirectUri', { redirect_uri: 'javascript:alert(1)' }],
    ['redirectUri', { redirect_uri: 'data:text/html,x' }],
    ['redirectUri', { redirect_uri: 'https://app.example/back#part' }],
  ])('sends nobody away when the %s is wrong: %o', (fault, changes) => {
    expect(read(changes)).toEqual({ kind: 'page', fault });
  });

  it.each([
    ['unsupported_response_type', { response_type: 'token' }],
    ['invalid_request', { state: '' }],
    ['invalid_request', { ...S256, code_challenge: 'short' }],
    ['invalid_request', { ...S256, code_challenge_method: 'plain' }],
    ['invalid_request', { code_challenge: S256.code_challenge }],
  ])('tells the application of %s: %o', (error, changes) => {
    expect(read(changes)).toMatchObject({ kind: 'redirect', to: { redirectUri: GOOD.redirect_uri }, error });
  });
});
