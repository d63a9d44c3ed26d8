import { randomUUID } from 'node:crypto';
import type { Clock } from '../../../platform/clock/clock.js';
import type { HttpClient } from '../../../platform/http/index.js';
import type { SandboxState } from '../../state/state.js';
import type { KieCallback, KieTask } from '../../state/records.js';
import { withWrongToken } from './callback-address.js';
import { envelopeOf, signatureHeaders, toldBy } from './callback-body.js';
import type { Tasks } from './tasks.js';

const ANSWER_WITHIN_MS = 5000;
const RETRY_AFTER_MS = 1000;
const AT_ONCE = 50;
const FORGER_KEY = 'not the key of the account';

/** Calls back at the time that is due: any address that was given, and once more when that fails. */
export class Callbacks {
  private readonly busy = new Set<string>();
  private readonly closed = new AbortController();
  /** Ends the wait for the next one. */
  private alarm = new AbortController();

  constructor(
    private readonly state: SandboxState,
    private readonly tasks: Tasks,
    private readonly mediaUrl: string,
    private readonly clock: Clock,
    private readonly http: HttpClient,
  ) {}

  owe(task: KieTask, at: number, kind: KieCallback['kind'] = 'true'): void {
    this.put({ taskId: task.id, at, kind, isRetry: false });
    this.work();
  }

  /** Calls back now. Resolves when that is over, however it went. */
  async callNow(task: KieTask): Promise<void> {
    await this.post(task, 'true');
  }

  /** Does what is due, and comes back when there is more. */
  work(): void {
    if (this.closed.signal.aborted) return;
    const now = this.clock.now().getTime();
    let next = Infinity;
    for (const callback of this.state.kieCallbacks.all()) {
      if (this.busy.has(callback.id)) continue;
      if (callback.at > now) next = Math.min(next, callback.at);
      else if (this.busy.size < AT_ONCE) this.begin(callback);
    }
    this.setAlarm(next - now);
  }

  close(): void {
    this.closed.abort();
    this.alarm.abort();
  }

  clear(): void {
    this.state.kieCallbacks.clear();
  }

  private begin(callback: KieCallback): void {
    this.busy.add(callback.id);
    void this.deliver(callback).finally(() => {
      this.busy.delete(callback.id);
      this.work();
    });
  }

  /** Never rejects: what cannot be delivered is forgotten. */
  private async deliver({ id, taskId, kind, isRetry }: KieCallback): Promise<void> {
    const task = this.tasks.find(taskId);
    const isTaken = !task || (await this.post(task, kind));
    // Closed meanwhile: it is still owed. Gone meanwhile: nobody wants it any more.
    if (this.closed.signal.aborted || !this.state.kieCallbacks.get(id)) return;
    this.state.kieCallbacks.remove(id);
    if (!isTaken && !isRetry)
      this.put({ taskId, at: this.clock.now().getTime() + RETRY_AFTER_MS, kind, isRetry: true });
  }

  /** @returns whether the caller said yes */
  private async post(task: KieTask, kind: KieCallback['kind']): Promise<boolean> {
    const { callBackUrl } = task.order;
    if (callBackUrl === null) return true;
    const view = toldBy(kind, this.tasks.tell(task), this.mediaUrl);
    try {
      const { status } = await this.http.send({
        method: 'POST',
        url: kind === 'wrong-token' ? withWrongToken(callBackUrl) : callBackUrl,
        headers: this.signature(kind, view.taskId),
        body: { json: envelopeOf(view) },
        timeoutMs: ANSWER_WITHIN_MS,
        signal: this.closed.signal,
      });
      return status >= 200 && status <= 299;
    } catch {
      return false;
    }
  }

  private signature(kind: KieCallback['kind'], taskId: string): Record<string, string> {
    const key = this.state.kieWebhookKey.get('all');
    if (key === undefined) return {};
    return signatureHeaders(kind === 'true' ? key : FORGER_KEY, taskId, this.clock.now());
  }

  private put(callback: Omit<KieCallback, 'id'>): void {
    const id = randomUUID();
    this.state.kieCallbacks.put(id, { ...callback, id });
  }

  private setAlarm(ms: number): void {
    this.alarm.abort();
    if (!Number.isFinite(ms)) return;
    this.alarm = new AbortController();
    this.clock.delay(ms, this.alarm.signal).then(
      () => this.work(),
      () => undefined,
    );
  }
}
