import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DecoratedMethods } from '../../platform/discovery/decorated-methods.js';
import type { JobPayload } from '../../platform/queue/job.js';
import { DeclaredTasks } from './declared-tasks.js';
import { handledTask, type TaskHandler } from './handles-task.js';
import type { TaskResult } from './task-kind.js';

/** Matches declared kinds of task with their handlers at start, before any work begins. */
@Injectable()
export class TaskHandlers implements OnModuleInit {
  private readonly handlers = new Map<string, TaskHandler<JobPayload, TaskResult>>();

  constructor(
    private readonly declared: DeclaredTasks,
    private readonly methods: DecoratedMethods,
  ) {}

  onModuleInit(): void {
    const found = this.methods.find(handledTask);
    const declared = this.declared.all();
    const problems: string[] = [];
    for (const kind of declared) {
      const own = found.filter(({ meta }) => meta.kind === kind);
      const [only] = own;
      if (own.length === 1 && only) this.handlers.set(kind, only.run);
      else problems.push(`${kind}: ${own.map(({ where }) => where).join(', ') || 'none'}`);
    }
    for (const { meta, where } of found) {
      if (!declared.includes(meta.kind)) problems.push(`${meta.kind}: ${where}, not declared`);
    }
    if (problems.length > 0)
      throw new Error(`Each kind of task needs exactly one handler:\n  ${problems.join('\n  ')}`);
  }

  /** @throws Error for a kind that nobody handles, e.g. of another version of Nexus */
  of(kind: string): TaskHandler<JobPayload, TaskResult> {
    const handler = this.handlers.get(kind);
    if (!handler) throw new Error(`Nobody handles tasks of the kind ${kind}`);
    return handler;
  }
}
