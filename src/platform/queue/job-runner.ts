import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Job, Queue } from 'bull';
import { processConfig, type ProcessConfig } from '../config/process.config.js';
import { DecoratedMethods } from '../discovery/decorated-methods.js';
import { handledJob, type JobContext, type JobHandler } from './handles.js';
import type { JobDefinition, JobPayload } from './job.js';
import { DeclaredJobs } from './declared-jobs.js';
import { Drain } from './drain.js';
import { Jobs } from './jobs.js';

/** Bull waits for Redis without an end; what it has not done by then it does not do. */
const BULL_LIMIT_MS = 2_000;

/** Matches declared jobs with their handlers at start, and lets a worker process run them. */
@Injectable()
export class JobRunner implements OnApplicationBootstrap {
  private readonly logger = new Logger(JobRunner.name);
  private readonly running = new Set<Promise<void>>();
  private readonly queues: Queue[] = [];

  constructor(
    @Inject(processConfig.key) private readonly process: ProcessConfig,
    private readonly declared: DeclaredJobs,
    private readonly methods: DecoratedMethods,
    private readonly jobs: Jobs,
    private readonly modules: ModuleRef,
    private readonly drain: Drain,
  ) {}

  onApplicationBootstrap(): void {
    const handlers = this.handlers();
    if (!this.process.roles.includes('worker')) return;
    for (const [job, handler] of handlers) this.listen(job, handler);
    this.drain.add(() => this.stop());
  }

  /** Takes no new jobs and waits for those that run: they have seen the signal and hand their work back. */
  private async stop(): Promise<void> {
    const paused = await Promise.all(this.queues.map((queue) => within(BULL_LIMIT_MS, queue.pause(true, true))));
    await Promise.all(this.running);
    // Left to itself, the close at the end of the application would wait for Redis to note that the jobs are done.
    const stuck = this.queues.filter((_, index) => !paused[index]);
    await Promise.all(stuck.map((queue) => within(BULL_LIMIT_MS, queue.close(true))));
  }

  private handlers(): Map<JobDefinition, JobHandler<JobPayload>> {
    const found = this.methods.find(handledJob);
    const problems: string[] = [];
    const handlers = new Map<JobDefinition, JobHandler<JobPayload>>();
    for (const job of this.declared.all()) {
      const own = found.filter(({ meta }) => meta.name === job.name);
      const [only] = own;
      if (own.length !== 1 || !only)
        problems.push(`${job.name}: ${own.map(({ where }) => where).join(', ') || 'none'}`);
      else handlers.set(job, only.run);
    }
    for (const { meta, where } of found) {
      if (!this.declared.all().some(({ name }) => name === meta.name))
        problems.push(`${meta.name}: ${where}, not declared`);
    }
    if (problems.length > 0) throw new Error(`Each job needs exactly one handler:\n  ${problems.join('\n  ')}`);
    return handlers;
  }

  private listen(job: JobDefinition, handler: JobHandler<JobPayload>): void {
    const queue = this.jobs.queue(job.name);
    queue.on('error', (error) => {
      this.logger.warn({ err: error, job: job.name }, 'Queue');
    });
    // Settles only when the queue is closed; its errors come as events.
    const concurrency = job.concurrency((group) => this.modules.get(group.key, { strict: false }));
    void queue.process(Math.max(1, Math.floor(concurrency)), (bullJob: Job<JobPayload>) =>
      this.track(this.run(job, handler, bullJob)),
    );
    this.queues.push(queue);
  }

  private async run(job: JobDefinition, handler: JobHandler<JobPayload>, bullJob: Job<JobPayload>): Promise<void> {
    const context: JobContext = { signal: this.drain.signal };
    try {
      await handler(bullJob.data, context);
    } catch (error) {
      this.logger.error({ err: error, job: job.name, jobId: bullJob.id }, 'A job failed');
      throw error;
    }
  }

  private async track(work: Promise<void>): Promise<void> {
    const settled = work.catch(() => undefined);
    this.running.add(settled);
    try {
      await work;
    } finally {
      this.running.delete(settled);
    }
  }
}

/** @returns whether `work` was done in time, and without an error */
async function within(ms: number, work: Promise<unknown>): Promise<boolean> {
  const done = work.then(
    () => true,
    () => false,
  );
  return Promise.race([done, sleep(ms, false, { ref: false })]);
}
