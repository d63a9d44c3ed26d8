import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { GenerationJob } from '../jobs/generation-job.entity.js';
import type { GenerationSubmission } from '../jobs/generation-submission.entity.js';
import { JobsRepository } from '../jobs/jobs.repository.js';
import { KeyDesk, type Admission } from '../keys/key-desk.js';
import type { KieKey } from '../kie/kie-client.js';
import { CallbackAddresses } from '../callback/callback-addresses.js';
import type { VideoModel } from '../models/model.js';
import { SubmissionsRepository } from '../submissions/submissions.repository.js';

/** A call of createTask that may be made: it is on record, and counts. */
export interface Admitted {
  outcome: 'admitted';
  key: KieKey;
  submission: GenerationSubmission;
  callBackUrl: string;
}

/** `taken`: the job is in other hands by now. */
export type Admittance = Admitted | Exclude<Admission, { outcome: 'admitted' }> | { outcome: 'taken' };

/** Records a call of createTask together with the key that is chosen for it, before it is made. */
@Injectable()
export class Admissions {
  constructor(
    private readonly database: Database,
    private readonly jobs: JobsRepository,
    private readonly submissions: SubmissionsRepository,
    private readonly keys: KeyDesk,
    private readonly addresses: CallbackAddresses,
  ) {}

  async admit(job: GenerationJob, model: VideoModel): Promise<Admittance> {
    const { token, tokenHash } = this.addresses.newToken();
    return this.database.transaction(async () => {
      // The job before the keys, as in every transaction that changes both.
      const current = await this.jobs.lock(job.id);
      if (current?.status !== 'submitting' || current.claim !== job.claim) return { outcome: 'taken' };
      const recorded: GenerationSubmission[] = [];
      const admission = await this.keys.admit(async (key) => {
        recorded.push(await this.submissions.begin({ jobId: job.id, model: model.slug, key, tokenHash }));
        const changes = { attempts: current.attempts + 1, keyId: key.id, model: model.slug };
        await this.jobs.write(job.id, changes);
      });
      if (admission.outcome !== 'admitted') return admission;
      const [submission] = recorded;
      if (!submission) throw new Error('A key was admitted without a record');
      const { jobId, attempt } = submission;
      return { ...admission, submission, callBackUrl: this.addresses.of({ jobId, attempt, token }) };
    });
  }
}
