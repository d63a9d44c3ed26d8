import { DomainError } from '../../../platform/errors/domain-error.js';

export const userNotFound = () => new DomainError('accounts.user_not_found', 'not_found', 'There is no such account');

/** The same for one that was used, replaced or made up, has expired, or is of a disabled account. */
export const linkInvalid = () =>
  new DomainError(
    'auth.link_invalid',
    'unauthenticated',
    'This link is not good any more: ask the operator for another',
  );
