import { DomainError } from '../errors/domain-error.js';

/** The same for a link that was changed and one that has expired. */
export const linkInvalid = () =>
  new DomainError('files.link_invalid', 'not_found', 'The link has expired or is not whole: ask for a new one');
