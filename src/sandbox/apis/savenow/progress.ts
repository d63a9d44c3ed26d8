import type { SavenowJob } from '../../state/records.js';
import { type Answer, ok } from '../answer.js';
import { badGateway } from '../behaviour.js';

const GATEWAY_ERRORS = [502, 503, 504, 520, 522, 524];

/** All of them have been seen: success does not tell whether a job has ended, and numbers come as texts too. */
const PENDING: readonly object[] = [
  { success: 0, progress: 50, text: 'Preparing streaming download' },
  { success: 1, progress: 400, text: 'Downloading' },
  { success: 0, progress: '700', text: 'Processing...' },
];

export interface ProgressAddresses {
  downloadUrl: string;
  /** Where a hijacked poll is sent. */
  trapUrl: string;
}

/** The answer to a poll; `job.polls` have been answered before. */
export function progressOf(job: SavenowJob, { downloadUrl, trapUrl }: ProgressAddresses): Answer {
  const { polls, plan } = job;
  if (plan.redirected) return { status: 302, headers: { location: trapUrl }, body: '' };
  if (polls < plan.badPolls) return badGateway(GATEWAY_ERRORS[polls % GATEWAY_ERRORS.length] ?? 502);
  const seen = polls - plan.badPolls;
  if (seen < plan.pendingPolls) return ok(PENDING[Math.min(seen, PENDING.length - 1)] ?? {});
  if (plan.end === 'failed') return ok({ success: 0, progress: 0, text: plan.errorText });
  if (plan.end === 'noUrl') return ok({ success: 1, progress: 1000, text: 'Finished', download_url: null });
  return ok(finished(job, downloadUrl));
}

/** Of a job that is done. */
export const finished = ({ format, fullFormat }: SavenowJob, downloadUrl: string): object => ({
  success: 1,
  progress: 1000,
  text: 'Finished',
  download_url: downloadUrl,
  alternative_download_urls: [{ url: downloadUrl, has_ssl: false }],
  format,
  full_format: fullFormat,
});
