import type { Answer } from '../answer.js';
import { type Behaviours, TRANSPORT_BEHAVIOURS } from '../behaviour.js';
import { NO_MONEY, refused, said, tooOften } from './envelope.js';

const CLOUDFLARE: Answer = {
  status: 521,
  headers: { 'content-type': 'text/html' },
  body: '<!DOCTYPE html><html><head><title>api.kie.ai | 521: Web server is down</title></head></html>',
};

/** What createTask says in place of a task. */
export const REFUSALS: Readonly<Record<string, Answer>> = {
  '429': tooOften(),
  billing: said(500, NO_MONEY),
  'billing-402': refused(402, 'Insufficient credits'),
  temporary: said(500, 'Internal Error, Please try again later.'),
  maintenance: said(455, 'The service is under maintenance'),
  paused: said(500, 'This interface is temporarily paused'),
  config: said(422, 'This field is required'),
  'refused-violation': said(422, 'We currently do not support uploads of images containing photorealistic people.'),
  cloudflare: CLOUDFLARE,
};

/** How a task ends in place of a video. */
export const FAILURES: Readonly<Record<string, { failCode: string; failMsg: string }>> = {
  violation: {
    failCode: '500',
    failMsg: 'This content may violate our guardrails concerning similarity to third-party content.',
  },
  'fail-temporary': { failCode: '500', failMsg: 'Internal Error, Please try again later.' },
  unknown: { failCode: 'GENERATION_FAILED', failMsg: 'The generation task failed.' },
};

/** What happens to the answer of createTask after the task was made. */
export const LOSSES = { 'lost-answer': 'cut', 'silent-answer': 'silence' } as const;

export const KIE_BEHAVIOURS: Behaviours = {
  ok: 'a task that succeeds after 2 s',
  429: 'createTask: too often',
  billing: 'createTask: no credits, with code 500',
  'billing-402': 'createTask: no credits, HTTP 402',
  temporary: 'createTask: internal error',
  maintenance: 'createTask: 455',
  paused: 'createTask: the model is switched off',
  config: 'createTask: 422, a field is missing',
  'refused-violation': 'createTask: 422, a forbidden picture',
  cloudflare: 'createTask: a page of Cloudflare',
  violation: 'a task that fails because of its content',
  'fail-temporary': 'a task that fails with an internal error',
  unknown: 'a task that fails for no known reason',
  'lost-answer': 'the task is made, and the connection is cut before the answer',
  'silent-answer': 'the task is made, and the answer never comes',
  'no-callback': 'nobody is called back',
  'double-callback': 'called back twice',
  'forged-callback': 'three lies before the true callback: a wrong token, an invented task, a wrong end',
  'late-callback': 'called back 15 s after the end',
  'early-callback': 'the task is done, and called back, before createTask answers',
  expiring: 'the link of the video dies 1 s after it was told first; a fresh one lasts',
  gone: 'the video is never there',
  ...TRANSPORT_BEHAVIOURS,
};
