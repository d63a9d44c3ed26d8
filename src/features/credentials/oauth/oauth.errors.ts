import { DomainError } from '../../../platform/errors/domain-error.js';

export const platformUnknown = () =>
  new DomainError('oauth.platform_unknown', 'not_found', 'No account of such a platform can be connected');

/** @param needs what the operator must set */
export const notConfigured = (needs: string) =>
  new DomainError('oauth.not_configured', 'invalid', `This platform cannot be connected yet. ${needs}`);

export const oauthUnavailable = (cause: unknown) =>
  new DomainError('oauth.unavailable', 'upstream', 'Accounts cannot be connected for the moment: try again', {
    retryable: true,
    cause,
  });

export const credentialInvalid = (platform: string) =>
  new DomainError(
    'credentials.invalid',
    'conflict',
    'The platform does not take this account any more: connect it anew',
    {
      context: { platform },
    },
  );

/** @param why a sentence without secrets, when there is more to say */
export const credentialUnavailable = (platform: string, { why, cause }: { why?: string; cause?: unknown }) =>
  new DomainError('credentials.unavailable', 'upstream', why ?? 'The platform cannot renew its token now: try again', {
    context: { platform },
    retryable: true,
    cause,
  });
