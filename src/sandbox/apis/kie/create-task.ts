import type { Request } from 'express';
import type { Clock } from '../../../platform/clock/clock.js';
import type { SandboxState } from '../../state/state.js';
import type { KieTask } from '../../state/records.js';
import type { Reaction } from '../answer.js';
import { jsonOf } from '../exchange.js';
import type { Script } from '../scripts.js';
import { FAILURES, LOSSES, REFUSALS } from './behaviours.js';
import type { Callbacks } from './callbacks.js';
import { jobIdOf } from './callback-address.js';
import type { Accounts } from './callers.js';
import { NO_MONEY, said, success } from './envelope.js';
import { checkOrder, promptOf } from './order-check.js';
import type { Tasks } from './tasks.js';
import { type Wish, wishesIn, wishOf } from './wishes.js';

const USUAL_SEC = 2;
const LATE_SEC = 15;
const LINK_LIVES_SEC = 1;
const SECOND_CALLBACK_AFTER_MS = 500;
/** Between the order and the first lie, and between two of them. */
const LIE_EVERY_MS = 200;
const LIES = ['wrong-token', 'other-task', 'false-end'] as const;

/** What has come of a call. */
interface Taken {
  reaction: Reaction;
  jobId: string | null;
  taskId: string | null;
}

/** `POST /api/v1/jobs/createTask`: takes an order as its prompt, or a script of the control, wants it. */
export class CreateTask {
  constructor(
    private readonly state: SandboxState,
    private readonly accounts: Accounts,
    private readonly tasks: Tasks,
    private readonly callbacks: Callbacks,
    private readonly clock: Clock,
  ) {}

  async take(account: string, request: Request, script: Script): Promise<Taken> {
    const checked = checkOrder(jsonOf(request));
    if ('unfit' in checked) return { reaction: said(422, checked.unfit), jobId: null, taskId: null };
    const { order } = checked;
    const jobId = jobIdOf(order.callBackUrl);
    const wishes = [wishOf(script), ...wishesIn(promptOf(order))];
    const refusal = this.first(wishes, REFUSALS, jobId ?? account);
    if (refusal) return { reaction: refusal, jobId, taskId: null };

    const { balance, price } = this.accounts.get(account);
    if (balance < price) return { reaction: said(500, NO_MONEY), jobId, taskId: null };
    const task = this.start(account, order, wishes, jobId ?? account);
    if (!task.failure) this.accounts.change(account, { balance: balance - price });
    await this.oweCallbacks(task, wishes);
    const loss = this.first(wishes, LOSSES, task.jobId);
    return { reaction: loss ?? success({ taskId: task.id }), jobId, taskId: task.id };
  }

  private start(account: string, order: KieTask['order'], wishes: Wish[], jobId: string): KieTask {
    const failure = this.first(wishes, FAILURES, jobId) ?? null;
    const expiring = secondsOf(wishes, 'expiring', LINK_LIVES_SEC);
    const linkLifeMs = has(wishes, 'gone') ? 'never' : expiring && expiring * 1000;
    const durationSec = has(wishes, 'early-callback') ? 0 : (secondsOf(wishes, 'after', USUAL_SEC) ?? USUAL_SEC);
    const { price: credits } = this.accounts.get(account);
    return this.tasks.start({ account, order, failure, credits, linkLifeMs }, durationSec * 1000);
  }

  private async oweCallbacks(task: KieTask, wishes: Wish[]): Promise<void> {
    const now = this.clock.now().getTime();
    if (has(wishes, 'forged-callback')) {
      LIES.forEach((lie, index) => this.callbacks.owe(task, now + (index + 1) * LIE_EVERY_MS, lie));
    }
    if (has(wishes, 'early-callback')) await this.callbacks.callNow(task);
    else if (!has(wishes, 'no-callback')) {
      const lateSec = secondsOf(wishes, 'late-callback', LATE_SEC) ?? 0;
      this.callbacks.owe(task, task.endsAt + lateSec * 1000);
    }
    if (has(wishes, 'double-callback')) this.callbacks.owe(task, task.endsAt + SECOND_CALLBACK_AFTER_MS);
  }

  /** What the first wish that is in the table, and has times left for this job, stands for. */
  private first<T>(wishes: Wish[], table: Readonly<Record<string, T>>, jobId: string): T | undefined {
    const wish = wishes.find((each) => Object.hasOwn(table, each.name) && this.strikes(each, jobId));
    return wish && table[wish.name];
  }

  /** Without a number it always does; with one, so many times for a job. */
  private strikes({ name, value }: Wish, jobId: string): boolean {
    if (value === null) return true;
    const key = `${jobId} ${name}`;
    const struck = this.state.kieStrikes.get(key) ?? 0;
    if (struck >= value) return false;
    this.state.kieStrikes.put(key, struck + 1);
    return true;
  }
}

const has = (wishes: Wish[], name: string): boolean => wishes.some((wish) => wish.name === name);

/** The number of a wish, `otherwise` when it has none; null when nobody wishes it. */
function secondsOf(wishes: Wish[], name: string, otherwise: number): number | null {
  const wish = wishes.find((each) => each.name === name);
  return wish ? (wish.value ?? otherwise) : null;
}
