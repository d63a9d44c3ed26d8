import type { Clock } from '../../../platform/clock/clock.js';
import type { GenerationJob } from './generation-job.entity.js';
import { LEASE_MS, type JobsRepository } from './jobs.repository.js';

/** A worker is silent for several beats before it is taken for lost. */
const BEAT_MS = LEASE_MS / 4;

interface HoldParts {
  job: GenerationJob;
  jobs: Pick<JobsRepository, 'keep'>;
  clock: Clock;
  /** Of the process. */
  shutdown: AbortSignal;
}

/** A worker's hold on a job: renewed while it works. `signal` is aborted when it is lost, or the process stops. */
export class JobHold {
  readonly signal: AbortSignal;
  private readonly losing = new AbortController();
  private readonly ending = new AbortController();
  private readonly beating: Promise<void>;

  constructor(private readonly parts: HoldParts) {
    this.signal = AbortSignal.any([parts.shutdown, this.losing.signal]);
    this.beating = this.beat();
  }

  get isLost(): boolean {
    return this.losing.signal.aborted;
  }

  async end(): Promise<void> {
    this.ending.abort();
    await this.beating;
  }

  private async beat(): Promise<void> {
    const { job, jobs, clock } = this.parts;
    const pause = () => clock.delay(BEAT_MS, this.ending.signal).catch(() => undefined);
    await pause();
    while (!this.ending.signal.aborted && !this.isLost) {
      // A database that is away for a moment is no reason to stop: the lease outlives several beats.
      const isKept = await jobs.keep(job).catch(() => true);
      if (!isKept) this.losing.abort(new Error('Another worker has the job'));
      await pause();
    }
  }
}
