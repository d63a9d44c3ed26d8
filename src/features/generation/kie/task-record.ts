import { taskFailure } from './generation-errors.js';
import { httpUrlOf, type JsonObject, numberOf, objectOf, textOf } from './json.js';
import type { TaskRecord, TaskState } from './kie-client.js';

/** `data` of recordInfo and of callbacks. @returns null when it is no task */
export function readTask(data: unknown, taskId: string, apiKey: string): TaskRecord | null {
  const task = objectOf(data);
  const result = task && readState(task, apiKey);
  if (!result) return null;
  const order = objectOf(task.param);
  return {
    taskId: textOf(task.taskId) ?? taskId,
    model: textOf(task.model) ?? textOf(order?.model),
    callBackUrl: textOf(order?.callBackUrl),
    result,
  };
}

function readState(task: JsonObject, apiKey: string): TaskState | null {
  const creditsConsumed = numberOf(task.creditsConsumed);
  switch (textOf(task.state)?.toLowerCase()) {
    case 'waiting':
    case 'queuing':
    case 'generating':
      return { state: 'working', progress: numberOf(task.progress) };
    case 'success':
      return { state: 'success', urls: resultUrls(task.resultJson), creditsConsumed };
    case 'fail':
      return {
        state: 'fail',
        error: taskFailure(codeOf(task.failCode), textOf(task.failMsg), apiKey),
        creditsConsumed,
      };
    default:
      return null;
  }
}

/** Of JSON text, which is what is promised, or of an object, which has been seen. */
function resultUrls(resultJson: unknown): string[] {
  const urls = objectOf(resultJson)?.resultUrls;
  const list: unknown[] = Array.isArray(urls) ? urls : [urls];
  return list.map(httpUrlOf).filter((url) => url !== null);
}

const codeOf = (failCode: unknown): string | null =>
  typeof failCode === 'number' ? String(failCode) : textOf(failCode);
