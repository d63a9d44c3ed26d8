import { DomainError } from '../../../platform/errors/domain-error.js';

/** The same for a token that was changed, has expired, or is of a photo that is not kept any more. */
export const photoNotFound = () =>
  new DomainError('generation.photo_not_found', 'not_found', 'There is no photo at this link, or not any more');
