import { DomainError } from '../../../../platform/errors/domain-error.js';

export const templateNotFound = () =>
  new DomainError('generation.template_not_found', 'not_found', 'There is no such template');

export const templateInvalid = (problems: readonly string[]) =>
  new DomainError('generation.template_invalid', 'invalid', problems.join('; '));

export const templateKindDiffers = (name: string, kind: string) =>
  new DomainError('generation.template_kind_differs', 'conflict', `All versions of ${name} are of the kind ${kind}`);

export const unknownModel = (slug: string) =>
  new DomainError('generation.unknown_model', 'invalid', `There is no video model called ${slug}`);
