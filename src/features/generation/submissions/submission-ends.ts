import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { KeyDesk } from '../keys/key-desk.js';
import { SubmissionsRepository, type Ended, type SubmissionEnd } from './submissions.repository.js';

/** Every end of a submission: its row and what it counted of its key change together, once. */
@Injectable()
export class SubmissionEnds {
  constructor(
    private readonly database: Database,
    private readonly submissions: SubmissionsRepository,
    private readonly keys: KeyDesk,
  ) {}

  /** @returns the ids of those that have not ended before */
  async end(ends: readonly { id: string; state: SubmissionEnd }[]): Promise<string[]> {
    return this.database.transaction(async () => {
      const ended: Ended[] = [];
      for (const { id, state } of ends) {
        const submission = await this.submissions.end(id, state);
        if (submission) ended.push(submission);
      }
      await this.giveBack(ended);
      return ended.map(({ id }) => id);
    });
  }

  /** One has brought the video; whatever else is open of the job is not needed any more. */
  async win(jobId: string, id: string): Promise<void> {
    await this.database.transaction(async () => {
      const winner = await this.submissions.end(id, 'succeeded');
      const lost = await this.submissions.lose(jobId);
      await this.giveBack(winner ? [winner, ...lost] : lost);
    });
  }

  /** What is open of a job is `lost`: if it makes a video, the operator has paid for it. */
  async giveUp(jobId: string): Promise<void> {
    await this.database.transaction(async () => {
      await this.giveBack(await this.submissions.lose(jobId));
    });
  }

  /** In one order: of two that wait for each other's keys, one would break down. */
  private async giveBack(ended: readonly Ended[]): Promise<void> {
    const keys = ended.flatMap(({ keyId }) => keyId ?? []).sort();
    for (const keyId of keys) await this.keys.ended(keyId);
  }
}
