import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { WitnessesCredits, type ExpectedHold, type WitnessPage } from '../../credits/index.js';
import { generationConfig, type GenerationConfig } from '../generation.config.js';
import { holdReference, type GenerationJob } from '../jobs/generation-job.entity.js';

/** What no video needs, however often it was tried: a hold of that age has been forgotten, or waits for the operator. */
const LONGEST_IN_TASKS = 3;

type WitnessedJob = Pick<GenerationJob, 'id' | 'round' | 'status' | 'costCredits'> & {
  /** When the credits of this round were held. */
  heldAt: Date;
};

/** What the jobs say that the ledger must say, too. Jobs are never deleted: each hold has its job for ever. */
@Injectable()
export class JobsWitness {
  constructor(
    private readonly database: Database,
    @Inject(generationConfig.key) private readonly config: GenerationConfig,
  ) {}

  @WitnessesCredits('job:')
  async holds(after: string | null, limit: number): Promise<WitnessPage> {
    const jobs = await this.database.query<WitnessedJob>(
      `SELECT id, round, status, cost_credits AS "costCredits", coalesce((
         SELECT max(at) FROM generation_job_events AS event
         WHERE job.round > 1 AND event.job_id = job.id AND event."from" = 'failed' AND event."to" = 'queued'
       ), created_at) AS "heldAt"
       FROM generation_jobs AS job WHERE $1::uuid IS NULL OR id > $1 ORDER BY id LIMIT $2`,
      [after, limit],
    );
    const next = jobs.length === limit ? (jobs.at(-1)?.id ?? null) : null;
    return { holds: jobs.flatMap((job) => this.holdsOf(job)), jobs: jobs.length, next };
  }

  /** One for each round: only a failed job is tried anew, so the earlier ones were released. */
  private holdsOf(job: WitnessedJob): ExpectedHold[] {
    const earlier = Array.from({ length: job.round - 1 }, (_, index): ExpectedHold => {
      const reference = holdReference({ id: job.id, round: index + 1 });
      return { reference, outcome: 'released', amount: job.costCredits };
    });
    return [...earlier, { reference: holdReference(job), amount: job.costCredits, ...this.endOf(job) }];
  }

  private endOf({ status, heldAt }: WitnessedJob): Pick<ExpectedHold, 'outcome' | 'endsBy'> {
    if (status === 'delivered') return { outcome: 'captured' };
    if (status === 'failed' || status === 'cancelled') return { outcome: 'released' };
    const longestMs = this.config.maxMin * LONGEST_IN_TASKS * 60_000;
    return { outcome: 'held', endsBy: new Date(heldAt.getTime() + longestMs) };
  }
}
