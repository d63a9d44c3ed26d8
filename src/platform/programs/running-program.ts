import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { signalGroup } from './process-table.js';

export type Child = ChildProcessByStdio<null, Readable, Readable>;

const DEFAULT_KILL_GRACE_MS = 5000;
/** How long the pipes of a finished program may stay open: only a descendant that left the group still holds them. */
const PIPES_GRACE_MS = 1000;

/** A started program that leads its own process group. */
export class RunningProgram {
  readonly groupId: number;
  private killTimer: NodeJS.Timeout | undefined;

  constructor(
    private readonly child: Child & { pid: number },
    private readonly killGraceMs = DEFAULT_KILL_GRACE_MS,
  ) {
    this.groupId = child.pid;
  }

  /** Asks the whole group to end, and makes it end after the grace time. */
  stop(): void {
    if (this.killTimer !== undefined || this.child.exitCode !== null || this.child.signalCode !== null) return;
    signalGroup(this.groupId, 'SIGTERM');
    this.killTimer = setTimeout(() => {
      signalGroup(this.groupId, 'SIGKILL');
    }, this.killGraceMs);
  }

  /** Resolves when the leader has ended, nothing of its group is left and all output has been read. */
  async ended(): Promise<{ code: number | null; signal: string | null }> {
    const closed = once(this.child, 'close');
    const [code, signal] = (await once(this.child, 'exit')) as [number | null, NodeJS.Signals | null];
    clearTimeout(this.killTimer);
    signalGroup(this.groupId, 'SIGKILL');
    const pipesTimer = setTimeout(() => {
      this.child.stdout.destroy();
      this.child.stderr.destroy();
    }, PIPES_GRACE_MS);
    await closed;
    clearTimeout(pipesTimer);
    return { code, signal };
  }
}
