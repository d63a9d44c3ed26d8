import { Injectable } from '@nestjs/common';
import { IsNull, Raw, type FindOptionsWhere, type QueryDeepPartialEntity } from 'typeorm';
import { Database } from '../../../platform/database/database.js';
import { deleteInBatches } from '../../../platform/database/delete-in-batches.js';
import type { JobPayload } from '../../../platform/queue/job.js';
import { Task, type TaskError, type TaskState } from '../task.entity.js';

/** Whoever does not renew it within this time is taken for dead. */
export const LEASE_MS = 20_000;

/** A task that this process works on. `n` fences: after a take-over it is another. */
export interface TaskRun {
  id: string;
  userId: string;
  kind: string;
  payload: JobPayload;
  n: number;
  progress: number;
  step: string | null;
}

export type Progress = Pick<TaskRun, 'progress' | 'step'>;

/** What a task is when it leaves `running`. */
export interface Left extends Partial<Progress> {
  state: Exclude<TaskState, 'running'>;
  result?: Task['result'];
  error?: TaskError;
  losses?: number;
}

/** Names a task as long as it is in the same hands. */
export type InHand = Pick<TaskRun, 'id' | 'n' | 'userId'>;

/** A task in the hands of a worker that seems to be dead. */
export type Lost = InHand & Pick<Task, 'losses'>;

const LEASE_END = `now() + interval '${LEASE_MS} milliseconds'`;

/** Who works on what. For workers alone; what is not in their hands any more, their writes do not touch. */
@Injectable()
export class TaskRunsRepository {
  constructor(private readonly database: Database) {}

  /** @returns null when it does not wait any more */
  async begin(id: string, now: Date): Promise<TaskRun | null> {
    const [run] = await this.database.query<TaskRun>(
      `UPDATE tasks SET state = 'running', started_at = coalesce(started_at, $2), lease_until = ${LEASE_END}
       WHERE id = $1 AND state = 'queued'
       RETURNING id, user_id AS "userId", kind, payload, n, progress, step`,
      [id, now],
    );
    return run ?? null;
  }

  /** Says that the worker lives. @returns whether to go on, to stop because the owner wishes it, or because it was lost */
  async keep({ id, n }: InHand): Promise<'held' | 'cancelled' | 'lost'> {
    const [row] = await this.database.query<{ cancelled: boolean }>(
      `UPDATE tasks SET lease_until = ${LEASE_END} WHERE id = $1 AND n = $2 AND state = 'running'
       RETURNING cancel_requested_at IS NOT NULL AS cancelled`,
      [id, n],
    );
    if (!row) return 'lost';
    return row.cancelled ? 'cancelled' : 'held';
  }

  /** @returns false when it is not in these hands any more */
  report(run: InHand, progress: Progress): Promise<boolean> {
    return this.change(run, progress);
  }

  /** @returns false when it is not in these hands any more, or would wait again though its owner has cancelled it */
  leave(run: InHand, { state, ...said }: Left, now: Date): Promise<boolean> {
    if (state !== 'queued') return this.change(run, { ...said, state, leaseUntil: null, finishedAt: now });
    return this.change(run, { ...said, state, leaseUntil: null, n: run.n + 1 }, { cancelRequestedAt: IsNull() });
  }

  findLost(limit: number): Promise<Lost[]> {
    const where = { state: 'running', leaseUntil: Raw((lease) => `${lease} < now()`) } as const;
    const select = { id: true, n: true, userId: true, losses: true } as const;
    return this.tasks.find({ select, where, order: { leaseUntil: 'ASC' }, take: limit });
  }

  /** Those that were over before; stops early once `signal` is aborted. */
  forgetFinished(before: Date, signal: AbortSignal): Promise<void> {
    return deleteInBatches(this.database, { from: 'tasks', where: 'finished_at < $1', parameters: [before] }, signal);
  }

  private async change(
    { id, n }: InHand,
    changes: Partial<Task>,
    where: FindOptionsWhere<Task> = {},
  ): Promise<boolean> {
    const inHand = { ...where, id, n, state: 'running' as const };
    const { affected } = await this.tasks.update(inHand, changes as QueryDeepPartialEntity<Task>);
    return affected === 1;
  }

  private get tasks() {
    return this.database.ofAllUsers(Task);
  }
}
