import { DomainError } from '../../../platform/errors/domain-error.js';

export const batchNotFound = () => new DomainError('generation.batch_not_found', 'not_found', 'There is no such batch');
