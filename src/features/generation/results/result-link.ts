import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import type { GenerationJob } from '../jobs/generation-job.entity.js';
import { GenerationSubmission } from '../jobs/generation-submission.entity.js';
import { KeyDesk } from '../keys/key-desk.js';
import { KieClient } from '../kie/kie-client.js';
import { ResultError } from './result-error.js';

/** Asks the provider anew where a video lies: its links die before it forgets the task. */
@Injectable()
export class ResultLink {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyDesk,
    private readonly kie: KieClient,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns null when the provider has none, or nobody may ask it
   * @throws ResultError `NETWORK` when it could not be asked: the video is paid for, so that is not the end
   */
  async fresh({ id, providerTaskId }: GenerationJob, signal: AbortSignal): Promise<string | null> {
    if (providerTaskId === null) return null;
    const submission = await this.database.repository(GenerationSubmission).findOneBy({ providerTaskId });
    const key = submission && (await this.keys.keyOf(submission.keyId, submission.account));
    if (!key) return null;
    await this.turn(key.id, id, signal);
    const answer = await this.kie.recordInfo(key, providerTaskId);
    await this.keys.queryOver(key.id, id);
    signal.throwIfAborted();
    if (!answer.ok) throw new ResultError('NETWORK', `KIE does not tell a fresh link: ${answer.error.message}`);
    if (answer.value.result.state !== 'success') return null;
    return answer.value.result.urls[0] ?? null;
  }

  private async turn(keyId: string, who: string, signal: AbortSignal): Promise<void> {
    for (;;) {
      const waitMs = await this.keys.queryTurn(keyId, who);
      if (waitMs === 0) return;
      await this.clock.delay(waitMs, signal);
    }
  }
}
