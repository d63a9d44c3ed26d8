import type { GenerationError } from '../kie/error-class.js';
import { KieClient, type Answer, type CreateAnswer, type KieKey, type TaskRecord } from '../kie/kie-client.js';

export interface CreatedTask {
  key: KieKey;
  model: string;
  input: Record<string, unknown>;
  callBackUrl: string;
  /** Null when it was refused, or nobody answered. */
  taskId: string | null;
}

export function kieError(changes: Partial<GenerationError> = {}): GenerationError {
  return { class: 'TEMPORARY', detail: null, code: '500', message: 'Internal error', retryAfterSec: null, ...changes };
}

/** A provider that does as a test tells it; by default it takes every task and has made its video at once. */
export class ScriptedKie extends KieClient {
  /** Calls of createTask, in order. */
  readonly created: CreatedTask[] = [];
  /** Ids of tasks that were asked about, in order. */
  readonly looks: string[] = [];
  uploads = 0;
  /** Where the videos lie. */
  resultUrl = 'http://127.0.0.1:9/video.mp4';
  private tasks = 0;

  onCreate!: (task: Omit<CreatedTask, 'taskId'>) => CreateAnswer | Promise<CreateAnswer>;
  onLook!: (taskId: string) => Answer<TaskRecord> | Promise<Answer<TaskRecord>>;
  onUpload!: () => Answer<string>;

  constructor() {
    super();
    this.reset();
  }

  /** As it was in the beginning; ids of tasks are not used again. */
  reset(): void {
    this.created.length = 0;
    this.looks.length = 0;
    this.uploads = 0;
    this.onCreate = () => this.accept();
    this.onLook = (taskId) => this.success(taskId);
    this.onUpload = () => ({ ok: true, value: 'https://uploads.example/photo.jpg' });
  }

  accept(): CreateAnswer {
    this.tasks += 1;
    return { ok: true, value: { taskId: `task-${this.tasks}` } };
  }

  success(taskId: string): Answer<TaskRecord> {
    return this.record(taskId, { state: 'success', urls: [this.resultUrl], creditsConsumed: 60 });
  }

  record(taskId: string, result: TaskRecord['result']): Answer<TaskRecord> {
    const task = this.created.find((each) => each.taskId === taskId);
    return { ok: true, value: { taskId, model: task?.model ?? null, callBackUrl: task?.callBackUrl ?? null, result } };
  }

  async createTask(
    key: KieKey,
    task: { model: string; input: Record<string, unknown>; callBackUrl: string },
  ): Promise<CreateAnswer> {
    const created: CreatedTask = { key, ...task, taskId: null };
    this.created.push(created);
    const answer = await this.onCreate(created);
    if (answer.ok) created.taskId = answer.value.taskId;
    return answer;
  }

  async recordInfo(_key: KieKey, taskId: string): Promise<Answer<TaskRecord>> {
    this.looks.push(taskId);
    return this.onLook(taskId);
  }

  upload(): Promise<Answer<string>> {
    this.uploads += 1;
    return Promise.resolve(this.onUpload());
  }

  credit(): Promise<Answer<number>> {
    return Promise.resolve({ ok: true, value: 1_000 });
  }
}
