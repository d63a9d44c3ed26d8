import { DomainError } from '../../platform/errors/domain-error.js';

/** The same for an unknown e-mail, a wrong password and a disabled account: which it was is nobody's business. */
export const invalidCredentials = () =>
  new DomainError('auth.invalid_credentials', 'unauthenticated', 'The e-mail or the password is wrong');

export const tooManyAttempts = (retryAfterSec: number) =>
  new DomainError('auth.too_many_attempts', 'limit', 'Too many attempts to sign in', {
    context: { retryAfterSec },
    retryable: true,
  });

export const adminEmailTaken = () =>
  new DomainError(
    'accounts.admin_email_taken',
    'conflict',
    'There is no admin, and ADMIN_EMAIL is an ordinary account',
  );
