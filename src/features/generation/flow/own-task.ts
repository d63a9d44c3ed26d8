import type { GenerationSubmission } from '../jobs/generation-submission.entity.js';
import type { TaskRecord } from '../kie/kie-client.js';
import { readCallbackAddress, isTokenOf } from '../callback/callback-addresses.js';

/** Whether a task that somebody has named is what this submission has asked for, by what the provider says of it. */
export function isOwnTask({ callBackUrl, model }: TaskRecord, submission: GenerationSubmission): boolean {
  if (callBackUrl === null) return model === submission.model;
  const address = readCallbackAddress(callBackUrl.slice(callBackUrl.lastIndexOf('/') + 1));
  if (!address) return false;
  const { jobId, attempt, token } = address;
  return jobId === submission.jobId && attempt === submission.attempt && isTokenOf(token, submission.tokenHash);
}
