import { DomainError } from '../../../platform/errors/domain-error.js';
import { storable } from '../../../platform/text/storable.js';
import type { TaskError } from '../task.entity.js';

const OUR_FAULT = 'Something went wrong on our side';

/** What the owner of a task is told about an error. Of what nobody expected he learns nothing. */
export function taskFailure(error: unknown): TaskError {
  if (!(error instanceof DomainError)) return { code: 'internal', message: OUR_FAULT };
  const { code, kind, message } = error;
  return { code, message: kind === 'internal' ? OUR_FAULT : storable(message) };
}

export function isOurFault(error: unknown): boolean {
  return !(error instanceof DomainError) || error.kind === 'internal';
}
