import { DomainError } from '../../platform/errors/domain-error.js';

/** The same for an unknown e-mail, a wrong password and a disabled account: which it was is nobody's business. */
export const invalidCredentials = () =>
  new DomainError('auth.invalid_credentials', 'unauthenticated', 'The e-mail or the password is wrong');

export const tooManyAttempts = (retryAfterSec: number) =>
  new DomainError('auth.too_many_attempts', 'limit', 'Too many attempts', {
    context: { retryAfterSec },
    retryable: true,
  });

export const registrationClosed = () =>
  new DomainError('auth.registration_closed', 'forbidden', 'Accounts are made by the operator here');

export const emailTaken = () => new DomainError('auth.email_taken', 'conflict', 'There is an account with this e-mail');

export const refreshInvalid = () =>
  new DomainError('auth.refresh_invalid', 'unauthenticated', 'Sign in again: the session has ended');

export const refreshReused = () =>
  new DomainError(
    'auth.refresh_reused',
    'unauthenticated',
    'Sign in again: the session was ended because an old refresh token of it was used',
  );

/** A page of another site asks for what a cookie of ours opens. */
export const foreignOrigin = () =>
  new DomainError('auth.foreign_origin', 'forbidden', 'Pages of other sites may not use the cookie of a session');

export const lastAdmin = () =>
  new DomainError('accounts.last_admin', 'conflict', 'The last admin has to stay: make another one first');

export const adminEmailTaken = () =>
  new DomainError(
    'accounts.admin_email_taken',
    'conflict',
    'There is no admin, and ADMIN_EMAIL is an ordinary account',
  );
