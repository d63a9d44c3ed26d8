import { createHmac, randomBytes } from 'node:crypto';
import type { KieCallback } from '../../state/records.js';
import type { TaskView } from './tasks.js';

/** Whoever follows a forged link is seen there. */
const TRAP = '/trap?api=kie&ask=';

/** The view of a task as a callback of this kind tells it, truly or not. */
export function toldBy(kind: KieCallback['kind'], view: TaskView, mediaUrl: string): TaskView {
  if (kind === 'true') return view;
  const forged = {
    state: 'success' as const,
    resultJson: JSON.stringify({ resultUrls: [mediaUrl + TRAP + view.taskId] }),
  };
  if (kind === 'wrong-token') return { ...view, ...forged };
  if (kind === 'other-task') return { ...view, ...forged, taskId: `task_${randomBytes(16).toString('hex')}` };
  return { ...view, state: 'fail', failCode: '500', failMsg: 'Internal server error', resultJson: null };
}

export function envelopeOf(view: TaskView): object {
  if (view.state === 'fail') {
    const { resultJson: _none, costTime: _neither, ...data } = view;
    return { code: 501, msg: 'Playground task failed.', data };
  }
  const data = { ...view, failCode: null, failMsg: null };
  return { code: 200, msg: 'Playground task completed successfully.', data };
}

/** Only the task and the time are signed, as the real one does. */
export function signatureHeaders(key: string, taskId: string, now: Date): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const signature = createHmac('sha256', key).update(`${taskId}.${timestamp}`).digest('base64');
  return { 'x-webhook-timestamp': timestamp, 'x-webhook-signature': signature };
}
