import { DomainError } from '../../../platform/errors/domain-error.js';

export const keyNotFound = () => new DomainError('generation.key_not_found', 'not_found', 'There is no such key');

export const keyNameTaken = (name: string) =>
  new DomainError('generation.key_name_taken', 'conflict', `There is a key called ${name} already`);

export const keyInUse = (name: string, inFlight: number) =>
  new DomainError(
    'generation.key_in_use',
    'conflict',
    `${inFlight} videos are being made with ${name}: disable it first`,
  );

export const keyNotDisabled = () =>
  new DomainError('generation.key_not_disabled', 'conflict', 'It is not disabled: unblock it, or test it');

export const keyNotBlocked = (status: string) =>
  new DomainError('generation.key_not_blocked', 'conflict', `The key is ${status}: unblocking does not change that`);
