import { codeOfApiWords } from '../../errors/api-errors-in-words.js';
import { httpUrlOf, type JsonObject, numberOf, objectOf, textOf } from '../api/json.js';

const DONE = 1_000;
const PENDING_TEXT =
  /^(?!.*fail)(?:prepar|start|initiali[sz]|queue|wait|pending|download|process|convert|merg|encod|fetch|extract|finish)/i;

export type JobState =
  | { kind: 'done'; downloadUrl: string }
  | { kind: 'failed' }
  /** From 0 to 1. */
  | { kind: 'pending'; ratio: number }
  /** Nothing known to be good or bad: looked at a few times more. */
  | { kind: 'unclear' };

/**
 * What an answer says of a job: to an order or at its progress address, which speak alike. `success` alone says nothing:
 * it is 0 while a job is on its way, and 1 before there is anything to fetch.
 */
export function jobState(json: JsonObject, words: string | null): JobState {
  const progress = numberOf(json.progress);
  const downloadUrl = httpUrlOf(json.download_url);
  if (downloadUrl !== null && (progress ?? DONE) >= DONE) return { kind: 'done', downloadUrl };
  if (hasFailed(json)) return { kind: 'failed' };
  const reached = progress ?? 0;
  if (reached >= DONE) return { kind: 'unclear' };
  if (reached > 0 || isSuccess(json) || words === null || PENDING_TEXT.test(words)) {
    return { kind: 'pending', ratio: Math.max(0, reached) / DONE };
  }
  return codeOfApiWords(words) === null ? { kind: 'unclear' } : { kind: 'failed' };
}

export function isSuccess({ success }: JsonObject): boolean {
  return success === true || success === 'true' || (numberOf(success) ?? 0) > 0;
}

/** What it knows of the medium, of the names that it has for it. */
export function titleIn(json: JsonObject): string | null {
  return textOf(objectOf(json.additional_info).title) ?? textOf(json.title) ?? textOf(objectOf(json.info).title);
}

function hasFailed(json: JsonObject): boolean {
  const { success, status, text } = json;
  if (textOf(json.error) !== null || json.error === true) return true;
  return (
    textOf(status)?.toLowerCase() === 'failed' || (numberOf(success) ?? 0) < 0 || /^error/i.test(textOf(text) ?? '')
  );
}
