import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { narrow } from '../../platform/http-server/filters.js';
import { pageWindow, type PageQuery } from '../../platform/http-server/paging.js';
import { Task, type TaskState } from './task.entity.js';

export interface TaskFilter {
  state?: TaskState;
  kind?: string;
}

interface NewTask extends Pick<Task, 'kind' | 'payload' | 'dedupKey'> {
  createdAt: Date;
}

/** Tasks as their owners see them. */
@Injectable()
export class TasksRepository {
  constructor(private readonly database: Database) {}

  find(owner: string, id: string): Promise<Task | null> {
    return this.tasks.findOne(owner, { id });
  }

  /** The newest first. */
  page(owner: string, { state, kind }: TaskFilter, query: PageQuery): Promise<[Task[], number]> {
    const { skip, take } = pageWindow(query);
    const rows = this.tasks.query(owner, 'task').orderBy({ 'task.createdAt': 'DESC', 'task.turn': 'DESC' });
    return narrow(rows.skip(skip).take(take), { state, kind }, {}).getManyAndCount();
  }

  /** @returns null when an unfinished one of the same kind and key is there */
  async insert(owner: string, { kind, payload, dedupKey, createdAt }: NewTask): Promise<Task | null> {
    const [row] = await this.database.query<{ id: string }>(
      `INSERT INTO tasks (user_id, kind, payload, dedup_key, created_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (user_id, kind, dedup_key) WHERE state IN ('queued', 'running') DO NOTHING RETURNING id`,
      [owner, kind, JSON.stringify(payload), dedupKey, createdAt],
    );
    return row ? this.find(owner, row.id) : null;
  }

  async findUnfinished(owner: string, kind: string, dedupKey: string): Promise<Task | null> {
    return this.tasks
      .query(owner, 'task')
      .andWhere(`task.kind = :kind AND task.dedupKey = :dedupKey`, { kind, dedupKey })
      .andWhere(`task.state IN ('queued', 'running')`)
      .getOne();
  }

  /** Ends a task that waits, and notes the wish on one that is at work. @returns the state it has then; null when neither */
  async cancel(owner: string, id: string, now: Date): Promise<TaskState | null> {
    const [row] = await this.database.query<{ state: TaskState }>(
      `UPDATE tasks SET cancel_requested_at = coalesce(cancel_requested_at, $3),
         state = CASE state WHEN 'queued' THEN 'cancelled' ELSE state END,
         finished_at = CASE state WHEN 'queued' THEN $3::timestamptz END
       WHERE user_id = $1 AND id = $2 AND state IN ('queued', 'running') RETURNING state`,
      [owner, id, now],
    );
    return row?.state ?? null;
  }

  private get tasks() {
    return this.database.owned(Task);
  }
}
