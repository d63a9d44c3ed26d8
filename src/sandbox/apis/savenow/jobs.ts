import { randomUUID } from 'node:crypto';
import type { Clock } from '../../../platform/clock/clock.js';
import type { SavenowJob } from '../../state/records.js';
import type { Table } from '../../state/journal.js';

/** Jobs outlive the process: whoever polls one may go on after a restart. */
export class SavenowJobs {
  constructor(
    private readonly table: Table<SavenowJob>,
    private readonly clock: Clock,
  ) {}

  start(job: Omit<SavenowJob, 'id' | 'polls' | 'createdAt'>): SavenowJob {
    const id = `v2_stream_${randomUUID()}`;
    return this.table.put(id, { ...job, id, polls: 0, createdAt: this.clock.now().getTime() });
  }

  find(id: string): SavenowJob | undefined {
    return this.table.get(id);
  }

  countPoll(job: SavenowJob): void {
    this.table.put(job.id, { ...job, polls: job.polls + 1 });
  }

  clear(): void {
    this.table.clear();
  }
}
