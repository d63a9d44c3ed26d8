import { Injectable } from '@nestjs/common';
import { Jobs } from '../../../platform/queue/jobs.js';
import { runTask } from '../tasks.jobs.js';
import { TaskTurnsRepository, type Turn } from './task-turns.repository.js';

/**
 * Asks for work on tasks. A job that comes when it is not its task's turn, or when its owner has as many at work as he
 * may, is dropped: whatever makes room asks for the next one.
 */
@Injectable()
export class TaskQueue {
  constructor(
    private readonly jobs: Jobs,
    private readonly turns: TaskTurnsRepository,
  ) {}

  async add({ id, n }: Turn): Promise<void> {
    await this.jobs.enqueue(runTask, { taskId: id, n });
  }

  /** For when an owner's first waiting task may have become another, or may find room. */
  async wakeNext(owner: string): Promise<void> {
    const next = await this.turns.askForNext(owner);
    if (next) await this.add(next);
  }

  /** For jobs that were lost: those that Bull still holds stay as they are. */
  async addFirsts(): Promise<void> {
    for (const first of await this.turns.firsts()) await this.add(first);
  }
}
