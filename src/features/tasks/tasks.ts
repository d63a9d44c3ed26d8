import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { Events } from '../../platform/events/events.js';
import type { Page, PageQuery } from '../../platform/http-server/paging.js';
import { pageFrom } from '../../platform/http-server/paging.js';
import type { JobPayload } from '../../platform/queue/job.js';
import { TaskQueue } from './running/task-queue.js';
import type { TaskKind, TaskResult } from './task-kind.js';
import type { Task } from './task.entity.js';
import { taskFinished, taskNotFound } from './tasks.errors.js';
import { taskCancelRequested, taskChanged } from './tasks.events.js';
import { TasksRepository, type TaskFilter } from './tasks.repository.js';

/** What owners and features can do with tasks. */
@Injectable()
export class Tasks {
  constructor(
    private readonly database: Database,
    private readonly tasks: TasksRepository,
    private readonly queue: TaskQueue,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /**
   * Asks for work, in the ambient transaction: it begins after the commit, when it is the owner's turn.
   * @param dedupKey of unfinished tasks with the same owner, kind and key there is one
   * @returns the task, or the unfinished one with the same key
   */
  async create<P extends JobPayload, R extends TaskResult>(
    owner: string,
    { kind }: TaskKind<P, R>,
    payload: P,
    { dedupKey = null }: { dedupKey?: string | null } = {},
  ): Promise<Task> {
    return this.database.transaction(async () => {
      for (;;) {
        const task = await this.tasks.insert(owner, { kind, payload, dedupKey, createdAt: this.clock.now() });
        if (task) {
          await this.queue.add(task);
          return task;
        }
        // It may have finished since: then there is room for a new one.
        const there = dedupKey === null ? null : await this.tasks.findUnfinished(owner, kind, dedupKey);
        if (there) return there;
      }
    });
  }

  /** @throws DomainError `tasks.not_found` */
  async get(owner: string, id: string): Promise<Task> {
    const task = await this.tasks.find(owner, id);
    if (!task) throw taskNotFound();
    return task;
  }

  async page(owner: string, filter: TaskFilter, query: PageQuery): Promise<Page<Task>> {
    return pageFrom(query, await this.tasks.page(owner, filter, query), (task) => task);
  }

  /**
   * A task that waits ends at once, one that is at work when its handler has cleaned up. To ask again is harmless.
   * @throws DomainError `tasks.not_found`, `tasks.finished`
   */
  async cancel(owner: string, id: string): Promise<void> {
    await this.database.transaction(async () => {
      const state = await this.tasks.cancel(owner, id, this.clock.now());
      if (state === 'cancelled') {
        await this.events.publish(taskChanged, { taskId: id });
        // The one behind it may have been turned away because it was not first.
        await this.database.afterCommit(() => this.queue.wakeNext(owner));
      } else if (state === 'running') {
        await this.events.publish(taskCancelRequested, { taskId: id });
      } else if ((await this.get(owner, id)).state !== 'cancelled') {
        throw taskFinished();
      }
    });
  }
}
