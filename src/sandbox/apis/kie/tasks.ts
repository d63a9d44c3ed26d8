import { randomBytes } from 'node:crypto';
import type { Clock } from '../../../platform/clock/clock.js';
import type { Table } from '../../state/journal.js';
import type { KieTask } from '../../state/records.js';
import { jobIdOf } from './callback-address.js';
import { isSora } from './order-check.js';
import { videoUrl } from './videos.js';

/** How far the way of a task is when it enters a state. */
const STATES = [
  { until: 0.1, state: 'waiting' },
  { until: 0.3, state: 'queuing' },
  { until: 1, state: 'generating' },
] as const;

export type TaskStateName = (typeof STATES)[number]['state'] | 'success' | 'fail';

/** What recordInfo and callbacks tell of a task. */
export type TaskView = Record<string, unknown> & { taskId: string; state: TaskStateName };

/** Tasks outlive the process. Where they are follows from the time alone: nothing ticks for them. */
export class Tasks {
  constructor(
    private readonly table: Table<KieTask>,
    private readonly mediaUrl: string,
    private readonly clock: Clock,
  ) {}

  start(task: Pick<KieTask, 'account' | 'order' | 'failure' | 'credits' | 'linkLifeMs'>, durationMs: number): KieTask {
    const now = this.clock.now().getTime();
    const id = `task_${randomBytes(16).toString('hex')}`;
    const jobId = jobIdOf(task.order.callBackUrl) ?? id;
    return this.table.put(id, { ...task, id, jobId, createdAt: now, endsAt: now + durationMs, toldAt: null });
  }

  find(id: string): KieTask | undefined {
    return this.table.get(id);
  }

  all(): KieTask[] {
    return this.table.all();
  }

  clear(): void {
    this.table.clear();
  }

  stateOf(task: KieTask): TaskStateName {
    const way = this.wayOf(task);
    return STATES.find(({ until }) => way < until)?.state ?? (task.failure ? 'fail' : 'success');
  }

  /** As it is told now; that a link was told is remembered. */
  tell(task: KieTask): TaskView {
    const state = this.stateOf(task);
    const isOver = state === 'success' || state === 'fail';
    return {
      taskId: task.id,
      model: task.order.model,
      state,
      param: paramOf(task),
      resultJson: state === 'success' ? this.result(task) : '',
      failCode: state === 'fail' ? task.failure?.failCode : '',
      failMsg: state === 'fail' ? task.failure?.failMsg : '',
      costTime: isOver ? task.endsAt - task.createdAt : null,
      completeTime: isOver ? task.endsAt : null,
      createTime: task.createdAt,
      updateTime: this.clock.now().getTime(),
      progress: Math.floor(Math.min(this.wayOf(task), 1) * 100),
      creditsConsumed: state === 'success' ? task.credits : 0,
    };
  }

  private wayOf({ createdAt, endsAt }: KieTask): number {
    const now = this.clock.now().getTime();
    return now >= endsAt ? 1 : (now - createdAt) / (endsAt - createdAt);
  }

  /** A text for most tasks, an object for some. */
  private result(task: KieTask): unknown {
    const now = this.clock.now().getTime();
    const result = { resultUrls: [videoUrl(this.mediaUrl, task, now)] };
    if (task.toldAt === null && task.linkLifeMs !== null) this.table.put(task.id, { ...task, toldAt: now });
    return isOdd(task) ? result : JSON.stringify(result);
  }
}

/** The body of createTask as text; the input of older models is text in the text. */
function paramOf({ order: { model, callBackUrl, input } }: KieTask): string {
  const body = { model, input: isSora(model) ? JSON.stringify(input) : input };
  return JSON.stringify(callBackUrl === null ? body : { ...body, callBackUrl });
}

/** About one task of four, the same each time it is asked for. */
const isOdd = ({ id }: KieTask): boolean => /[0-3]$/.test(id);
