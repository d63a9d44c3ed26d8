import { BullModule, type BullRootModuleOptions } from '@nestjs/bull';
import { Global, Module, type DynamicModule } from '@nestjs/common';
import { redisConfig, type RedisConfig } from '../redis/redis.config.js';
import { DeclaredJobs } from './declared-jobs.js';
import { Drain } from './drain.js';
import type { JobDefinition, JobPayload } from './job.js';
import { JobRunner } from './job-runner.js';
import { Jobs } from './jobs.js';
import { Schedules } from './schedules.js';

@Global()
@Module({
  imports: [
    BullModule.forRootAsync({
      inject: [redisConfig.key],
      useFactory: ({ url = '' }: RedisConfig): BullRootModuleOptions => ({
        ...(url.startsWith('unix://') ? { redis: { path: url.slice('unix://'.length) } } : { url }),
        prefix: 'nexus:bull',
        // A worker that was killed loses its lock within this time, then another takes its job.
        settings: { lockDuration: 15_000, stalledInterval: 5_000, maxStalledCount: 5 },
      }),
    }),
  ],
  providers: [DeclaredJobs, Drain, Jobs, JobRunner, Schedules],
  exports: [DeclaredJobs, Drain, Jobs],
})
export class QueueModule {
  /** Declares the jobs of a feature. */
  static forFeature<P extends JobPayload>(...jobs: JobDefinition<P>[]): DynamicModule {
    const queues = BullModule.registerQueue(...jobs.map(({ name }) => ({ name })));
    const declare = {
      provide: Symbol('declared jobs'),
      inject: [DeclaredJobs],
      useFactory: (declared: DeclaredJobs) => {
        for (const job of jobs) declared.declare(job);
      },
    };
    return { module: QueueFeature, imports: [queues], providers: [declare], exports: [queues] };
  }
}

@Module({})
class QueueFeature {}
