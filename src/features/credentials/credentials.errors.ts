import { DomainError } from '../../platform/errors/domain-error.js';

export const credentialNotFound = () => new DomainError('credentials.not_found', 'not_found', 'No such credential');

export const credentialNameTaken = (accountName: string) =>
  new DomainError('credentials.name_taken', 'conflict', `Another account of this platform is called «${accountName}»`);

export const tooManyCredentials = (limit: number) =>
  new DomainError('credentials.too_many', 'limit', `One user has ${limit} accounts at most: delete one`);
