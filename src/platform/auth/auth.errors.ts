import { DomainError } from '../errors/domain-error.js';

export const unauthenticated = () =>
  new DomainError('auth.unauthenticated', 'unauthenticated', 'Sign in: the access token is missing, wrong or expired');

export const forbidden = () => new DomainError('auth.forbidden', 'forbidden', 'Your account may not do this');
