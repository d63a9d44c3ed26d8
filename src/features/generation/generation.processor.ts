import { Injectable } from '@nestjs/common';
import { Every } from '../../platform/queue/every.js';
import { Handles, type JobContext } from '../../platform/queue/handles.js';
import { Delivering } from './flow/delivering.js';
import { Looking } from './flow/looking.js';
import { Prompting } from './flow/prompting.js';
import { Starter } from './flow/starter.js';
import { Submitting } from './flow/submitting.js';
import { deliverJob, lookJob, promptJob, startJobs, submitJob, type Step } from './generation.jobs.js';

/** The background side of generation: one method for each step. */
@Injectable()
export class GenerationProcessor {
  constructor(
    private readonly starter: Starter,
    private readonly prompting: Prompting,
    private readonly submitting: Submitting,
    private readonly looking: Looking,
    private readonly delivering: Delivering,
  ) {}

  @Handles(startJobs)
  async start(): Promise<void> {
    await this.starter.run();
  }

  /** For jobs whose time has come, and for room that nobody has told of. */
  @Every({ name: 'generation.start', everyMs: 1_000 })
  async startDue(): Promise<void> {
    await this.starter.run();
  }

  @Handles(promptJob)
  async prompt({ generationJobId, run }: Step, { signal }: JobContext): Promise<void> {
    await this.prompting.run(generationJobId, run, signal);
  }

  @Handles(submitJob)
  async submit({ generationJobId, run }: Step, { signal }: JobContext): Promise<void> {
    await this.submitting.run(generationJobId, run, signal);
  }

  @Handles(lookJob)
  async look({ generationJobId, run }: Step, { signal }: JobContext): Promise<void> {
    await this.looking.run(generationJobId, run, signal);
  }

  @Handles(deliverJob)
  async deliver({ generationJobId, run }: Step, { signal }: JobContext): Promise<void> {
    await this.delivering.run(generationJobId, run, signal);
  }
}
