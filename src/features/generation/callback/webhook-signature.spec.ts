import { createHmac } from 'node:crypto';
import { isSignedBy } from './webhook-signature.js';

const NOW = new Date('2026-11-20T12:00:00Z');
const SECONDS = NOW.getTime() / 1_000;

const signed = (taskId: string, timestamp: string | number, key = 'key') =>
  createHmac('sha256', key).update(`${taskId}.${timestamp}`).digest('base64');
const check = (timestamp: string | number, signature: string | undefined) =>
  isSignedBy('key', 'task_1', { timestamp: String(timestamp), signature }, NOW);

describe('the signature of a callback', () => {
  it('is good for the task and the time it was made for', () => {
    expect(check(SECONDS, signed('task_1', SECONDS))).toBe(true);
    expect(check(SECONDS - 300, signed('task_1', SECONDS - 300))).toBe(true);
    expect(check(SECONDS + 300, signed('task_1', SECONDS + 300))).toBe(true);
  });

  it.each([
    ['too old', SECONDS - 301, signed('task_1', SECONDS - 301)],
    ['of the future', SECONDS + 301, signed('task_1', SECONDS + 301)],
    ['of another time', SECONDS, signed('task_1', SECONDS - 1)],
    ['of another task', SECONDS, signed('task_2', SECONDS)],
    ['with another key', SECONDS, signed('task_1', SECONDS, 'another')],
    ['cut', SECONDS, signed('task_1', SECONDS).slice(0, 20)],
    ['empty', SECONDS, ''],
    ['missing', SECONDS, undefined],
    ['without a time', '', signed('task_1', '')],
    ['with a strange time', '1e9', signed('task_1', '1e9')],
    ['with no number for a time', 'NaN', signed('task_1', 'NaN')],
  ])('is refused when it is %s', (_what, timestamp, signature) => {
    expect(check(timestamp, signature)).toBe(false);
  });

  it('is refused when nothing is sent at all', () => {
    expect(isSignedBy('key', 'task_1', { timestamp: undefined, signature: undefined }, NOW)).toBe(false);
  });
});
