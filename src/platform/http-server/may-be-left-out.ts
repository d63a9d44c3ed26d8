import { ValidateIf } from 'class-validator';

/** Marks a field that may be left out, but not be null: there is nothing that null would mean. */
export function MayBeLeftOut(): PropertyDecorator {
  return ValidateIf((_, value: unknown) => value !== undefined);
}
