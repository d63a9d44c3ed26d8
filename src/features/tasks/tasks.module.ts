import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { EventStreamsModule } from '../../platform/http-server/event-stream.module.js';
import type { JobPayload } from '../../platform/queue/job.js';
import { QueueModule } from '../../platform/queue/queue.module.js';
import { AccountsModule } from '../accounts/index.js';
import { DeclaredTasks } from './declared-tasks.js';
import { TaskQueue } from './running/task-queue.js';
import { TaskRuns } from './running/task-runs.js';
import { TaskRunsRepository } from './running/task-runs.repository.js';
import { TaskTurnsRepository } from './running/task-turns.repository.js';
import { TaskWorker } from './running/task-worker.js';
import { TasksProcessor } from './running/tasks.processor.js';
import { TaskHandlers } from './task-handlers.js';
import { TaskIsThereGuard } from './task-is-there.guard.js';
import type { TaskKind, TaskResult } from './task-kind.js';
import { Task } from './task.entity.js';
import { TaskWatch } from './task-watch.js';
import { TasksController } from './tasks.controller.js';
import { runTask } from './tasks.jobs.js';
import { TasksRepository } from './tasks.repository.js';
import { Tasks } from './tasks.js';

@Module({
  imports: [TypeOrmModule.forFeature([Task]), QueueModule.forFeature(runTask), EventStreamsModule, AccountsModule],
  controllers: [TasksController],
  providers: [
    DeclaredTasks,
    TaskHandlers,
    TaskIsThereGuard,
    TaskQueue,
    TaskRuns,
    TaskRunsRepository,
    TasksProcessor,
    TasksRepository,
    Tasks,
    TaskTurnsRepository,
    TaskWatch,
    TaskWorker,
  ],
  exports: [DeclaredTasks, Tasks],
})
export class TasksModule {
  /** Declares a kind of task of a feature; its module marks the handler `@HandlesTask`. */
  static forFeature<P extends JobPayload, R extends TaskResult>(kind: TaskKind<P, R>): DynamicModule {
    const declare = {
      provide: Symbol('declared task'),
      inject: [DeclaredTasks],
      useFactory: (declared: DeclaredTasks) => {
        declared.declare(kind);
      },
    };
    return { module: TasksFeature, imports: [TasksModule], providers: [declare], exports: [TasksModule] };
  }
}

@Module({})
class TasksFeature {}
