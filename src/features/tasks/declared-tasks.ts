import { Injectable } from '@nestjs/common';
import type { JobPayload } from '../../platform/queue/job.js';
import type { TaskKind, TaskResult } from './task-kind.js';

/** Every kind of task that some module has declared. */
@Injectable()
export class DeclaredTasks {
  private readonly kinds = new Set<string>();

  declare<P extends JobPayload, R extends TaskResult>({ kind }: TaskKind<P, R>): void {
    if (this.kinds.has(kind)) throw new Error(`Two kinds of task are called ${kind}`);
    this.kinds.add(kind);
  }

  all(): string[] {
    return [...this.kinds];
  }
}
