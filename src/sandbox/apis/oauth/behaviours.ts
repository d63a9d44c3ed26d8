import { type Behaviours, TRANSPORT_BEHAVIOURS } from '../behaviour.js';

export const CONSENT_BEHAVIOURS: Behaviours = {
  deny: 'the consent page answers access_denied, whatever is pressed',
};

/** Of every call for tokens. */
export const TOKEN_BEHAVIOURS: Behaviours = {
  invalid_grant: 'the code or the refresh token is refused',
};

/** Of calls for the first tokens. */
export const EXCHANGE_BEHAVIOURS: Behaviours = {
  no_refresh_token: 'the code is exchanged for an access token alone',
  missing_scope: 'one scope is not granted: `text`, or the last one',
};

export const IDENTITY_BEHAVIOURS: Behaviours = {
  unauthorized: 'the API refuses a good access token',
};

/** A script waits for the call that its behaviour is about; `slow`, `down`, `malformed` and `ok` are about all but pages. */
export const OAUTH_BEHAVIOURS: Behaviours = {
  ok: 'as the platform does',
  ...CONSENT_BEHAVIOURS,
  ...TOKEN_BEHAVIOURS,
  ...EXCHANGE_BEHAVIOURS,
  ...IDENTITY_BEHAVIOURS,
  ...TRANSPORT_BEHAVIOURS,
};

const ANY_CALL: Behaviours = { ok: '', ...TRANSPORT_BEHAVIOURS };

export const isAboutCall = (behaviour: string, ...kinds: readonly Behaviours[]): boolean =>
  [ANY_CALL, ...kinds].some((kind) => Object.hasOwn(kind, behaviour));
