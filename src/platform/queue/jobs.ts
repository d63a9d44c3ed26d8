import { getQueueToken } from '@nestjs/bull';
import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Queue } from 'bull';
import { Database } from '../database/database.js';
import type { JobDefinition, JobPayload } from './job.js';

/** Puts work on the queues. Inside a transaction the job leaves after the commit; its reconciler covers the gap. */
@Injectable()
export class Jobs {
  constructor(
    private readonly modules: ModuleRef,
    private readonly database: Database,
  ) {}

  async enqueue<P extends JobPayload>(job: JobDefinition<P>, payload: P, { delayMs = 0 } = {}): Promise<void> {
    const { attempts, backoffMs } = job;
    await this.database.afterCommit(() =>
      this.queue(job.name).add(payload, {
        jobId: job.id(payload),
        attempts,
        backoff: { type: 'exponential', delay: backoffMs },
        delay: delayMs,
        // A finished job is forgotten at once, so that the same step may be asked for again.
        removeOnComplete: true,
        removeOnFail: true,
      }),
    );
  }

  queue(name: string): Queue {
    return this.modules.get<Queue>(getQueueToken(name), { strict: false });
  }
}
