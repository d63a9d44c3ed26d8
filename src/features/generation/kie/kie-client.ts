import type { GenerationError } from './error-class.js';

/** Who asks: a key that has been opened, for one call. */
export interface KieKey {
  id: string;
  account: string;
  apiKey: string;
}

export type TaskState =
  | { state: 'working'; progress: number | null }
  | { state: 'success'; urls: string[]; creditsConsumed: number | null }
  | { state: 'fail'; error: GenerationError; creditsConsumed: number | null }
  /** KIE does not know it (any more). */
  | { state: 'unknown' };

export interface TaskRecord {
  taskId: string;
  model: string | null;
  /** What createTask was given as `callBackUrl`, as KIE repeats it; null when it does not. */
  callBackUrl: string | null;
  result: TaskState;
}

export type Answer<T> = { ok: true; value: T } | { ok: false; error: GenerationError };

/** No answer: nobody knows whether a task has been made, and will be billed. */
export type CreateAnswer = Answer<{ taskId: string }> | { ok: false; error: GenerationError; unanswered: true };

/**
 * The jobs API of KIE, https://docs.kie.ai. Nothing is thrown for what KIE answers, or does not, nor for a photo that is
 * gone. Each call is made once.
 */
export abstract class KieClient {
  abstract createTask(
    key: KieKey,
    task: { model: string; input: Record<string, unknown>; callBackUrl: string },
  ): Promise<CreateAnswer>;

  abstract recordInfo(key: KieKey, taskId: string): Promise<Answer<TaskRecord>>;

  /** @returns a URL that KIE can read for about a day */
  abstract upload(
    key: KieKey,
    photo: { storageKey: string; fileName: string; contentType: string },
  ): Promise<Answer<string>>;

  /** Credits of the account; proves the key, too. */
  abstract credit(key: KieKey): Promise<Answer<number>>;
}
