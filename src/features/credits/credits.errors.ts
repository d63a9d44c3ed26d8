import { DomainError } from '../../platform/errors/domain-error.js';

export const notAuditedYet = () =>
  new DomainError('credits.not_audited', 'not_found', 'The credits have not been audited yet');

export const expiryHasPassed = () =>
  new DomainError('credits.expiry_passed', 'invalid', 'expiresAt must be in the future');
