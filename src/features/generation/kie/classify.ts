import { CODES, TASK_CODES, TELLING_CODES, TEXT_RULES, type Verdict } from './error-rules.js';

/** What was said of a failure. Codes are null where a layer has none. */
export interface Failure {
  /** `task`: the call went well, the task has failed. */
  of: 'call' | 'task';
  httpStatus: number | null;
  /** Of the body, or `failCode`, which may be a word. */
  code: string | number | null;
  words: string | null;
}

/** Words first, then codes; both layers of an answer are heard. Pure. */
export function classify(failure: Failure): Verdict {
  const words = plain(failure.words ?? '');
  const rule = TEXT_RULES.find((each) => each.words.some((part) => isIn(words, part)));
  if (rule) return rule.detail === undefined ? { class: rule.class } : { class: rule.class, detail: rule.detail };
  const verdict = failure.of === 'task' ? byTaskCode(failure) : byCode(failure);
  return verdict ?? { class: 'UNKNOWN' };
}

function byCode({ httpStatus, code }: Failure): Verdict | null {
  const layers = [code === null ? null : Number(code), httpStatus].filter(isFailure);
  const decisive = layers.find((each) => TELLING_CODES.includes(each)) ?? layers[0];
  if (decisive === undefined) return null;
  return CODES[decisive] ?? (decisive >= 500 && decisive <= 599 ? { class: 'TEMPORARY' } : null);
}

/** 500 is what every failure is called; without words it is one of the server. */
function byTaskCode({ code, words }: Failure): Verdict | null {
  const number = Number(code ?? '');
  const isOfServer = number >= 502 && number <= 599 && number !== 505;
  if (isOfServer || (number === 500 && words === null)) return { class: 'TEMPORARY' };
  return TASK_CODES[number] ?? null;
}

const isFailure = (code: number | null): code is number => code !== null && !(code >= 200 && code <= 299);

const isIn = (words: string, part: string | RegExp): boolean =>
  typeof part === 'string' ? words.includes(part) : part.test(words);

const plain = (words: string): string => words.toLowerCase().replace(/[’‘]/g, "'").replace(/\s+/g, ' ').trim();
