import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { Waits } from '../flow/waits.js';
import { generationConfig, type GenerationConfig } from '../generation.config.js';
import { JobsRepository } from '../jobs/jobs.repository.js';
import type { GenerationSubmission } from '../jobs/generation-submission.entity.js';
import { SubmissionsRepository } from '../submissions/submissions.repository.js';
import { isTokenOf, readCallbackAddress } from './callback-addresses.js';
import { taskIdIn } from './callback-task.js';
import { isSignedBy, type WebhookSignature } from './webhook-signature.js';

/**
 * What KIE calls back with. It proves that something has happened, and nothing of what it says is believed: it is noted,
 * and the task is looked at. Repeated, late and forged ones change nothing.
 */
@Injectable()
export class KieCallbacks {
  constructor(
    @Inject(generationConfig.key) private readonly config: GenerationConfig,
    private readonly database: Database,
    private readonly jobs: JobsRepository,
    private readonly submissions: SubmissionsRepository,
    private readonly waits: Waits,
    private readonly clock: Clock,
  ) {}

  /** @returns whether it is KIE's answer to a call of ours, for all that can be told */
  async take(address: string, body: unknown, signature: WebhookSignature): Promise<boolean> {
    const taskId = taskIdIn(body);
    const to = readCallbackAddress(address);
    if (taskId === null || !to || !this.isSigned(taskId, signature)) return false;
    const submission = await this.submissions.find(to.jobId, to.attempt);
    if (!submission || !isTokenOf(to.token, submission.tokenHash)) return false;
    return this.database.transaction(() => this.note(submission, taskId));
  }

  private isSigned(taskId: string, signature: WebhookSignature): boolean {
    const { kieWebhookHmacKey: key } = this.config;
    return key === undefined || isSignedBy(key, taskId, signature, this.clock.now());
  }

  private async note({ id, jobId, attempt }: GenerationSubmission, taskId: string): Promise<boolean> {
    // Whoever works on the job sees either that this has been noted, or that he is woken.
    const job = await this.jobs.lock(jobId);
    const submission = await this.submissions.find(jobId, attempt);
    if (!job || !submission || !(await this.isItsTask(submission, taskId))) return false;
    const noted = await this.submissions.noteCallback(id, taskId);
    if (noted === 'news') await this.waits.wake(jobId);
    // Of any other the timeline has told already.
    if (noted === 'late' && submission.providerTaskId === null) {
      const task = `attempt ${attempt} has made task ${taskId} after all`;
      await this.jobs.remark(jobId, job.status, `Loss of the operator: ${task}; it may have been paid for`);
    }
    return true;
  }

  private async isItsTask({ id, providerTaskId }: GenerationSubmission, taskId: string): Promise<boolean> {
    if (providerTaskId !== null) return providerTaskId === taskId;
    return !(await this.submissions.isTaskOfAnother(id, taskId));
  }
}
