import { DomainError } from '../../../platform/errors/domain-error.js';

export const modelNotFound = () =>
  new DomainError('generation.model_not_found', 'not_found', 'There is no such model in KIE_MODELS');
