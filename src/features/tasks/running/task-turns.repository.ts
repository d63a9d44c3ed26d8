import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';

/** What a job is asked for. */
export interface Turn {
  id: string;
  n: number;
}

/** Whose turn it is among the tasks of an owner. For workers alone. */
@Injectable()
export class TaskTurnsRepository {
  constructor(private readonly database: Database) {}

  /** @returns the owner of a task that waits and has none of his before it, else null */
  async ownerWhenNext(id: string): Promise<string | null> {
    const [row] = await this.database.query<{ owner: string }>(
      `SELECT user_id AS owner FROM tasks task WHERE id = $1 AND state = 'queued' AND NOT EXISTS (
         SELECT FROM tasks earlier
         WHERE earlier.user_id = task.user_id AND earlier.state = 'queued' AND earlier.turn < task.turn
       )`,
      [id],
    );
    return row?.owner ?? null;
  }

  /** Asks anew for work on the first that waits: the last job for it may just be on its way out. */
  async askForNext(owner: string): Promise<Turn | null> {
    const [turn] = await this.database.query<Turn>(
      `UPDATE tasks SET n = n + 1
       WHERE id = (SELECT id FROM tasks WHERE user_id = $1 AND state = 'queued' ORDER BY turn LIMIT 1)
       AND state = 'queued' RETURNING id, n`,
      [owner],
    );
    return turn ?? null;
  }

  /** The first that waits of each owner. */
  firsts(): Promise<Turn[]> {
    return this.database.query<Turn>(
      `SELECT DISTINCT ON (user_id) id, n FROM tasks WHERE state = 'queued' ORDER BY user_id, turn`,
    );
  }
}
