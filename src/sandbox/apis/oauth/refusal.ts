/** What a token endpoint can have against a request. */
export type RefusalReason =
  'client' | 'grantType' | 'parameter' | 'code' | 'redirectUri' | 'verifier' | 'refreshToken' | 'device';

/** Thrown on the way to a token; each platform answers in its own words. */
export class Refusal extends Error {
  constructor(
    readonly reason: RefusalReason,
    message: string,
  ) {
    super(message);
  }

  /** Its name in RFC 6749. */
  get error(): string {
    return RFC_ERRORS[this.reason];
  }
}

const RFC_ERRORS: Readonly<Record<RefusalReason, string>> = {
  client: 'invalid_client',
  grantType: 'unsupported_grant_type',
  parameter: 'invalid_request',
  code: 'invalid_grant',
  redirectUri: 'invalid_grant',
  verifier: 'invalid_grant',
  refreshToken: 'invalid_grant',
  device: 'invalid_grant',
};
