import { classify } from './classify.js';

const call = (httpStatus: number, code: number | null, words: string | null) =>
  classify({ of: 'call', httpStatus, code, words });
const task = (code: string | null, words: string | null) => classify({ of: 'task', httpStatus: null, code, words });

/** As KIE has said it, in answers that were seen. */
const BILLING = [
  "Credits insufficient : Your current balance isn't enough to run this request. Please top up to continue.",
  "Credits insufficient. Your current balance isn't enough to run this request. Please top up to continue.",
  'Your current balance isn’t enough',
  'Insufficient credits',
  'Please TOP UP\n to continue',
  'Daily usage exceeded',
];
const VIOLATIONS = [
  'This content may violate our guardrails concerning similarity to third-party content.',
  'We currently do not support uploads of images containing photorealistic people.',
  'Invalid prompt: prompt contains prohibited content',
  'CONTENT_POLICY_BLOCKED: the input was flagged as sensitive.',
  'It goes against our content policy',
  'The input may contain sensitive information',
  'The picture shows a prominent public figure',
  'PUBLIC_ERROR_UNSAFE_GENERATION',
  'NSFW content detected',
  'Blocked by moderation',
  'Your request was moderated',
  'Rejected by the safety filter',
];
const TEMPORARY = [
  'Internal Error, Please try again later.',
  'Server exception, please try again later or contact customer service',
  'Internal server error',
  'Service timeout',
];
const PAUSED = ['This interface is temporarily paused', 'The interface is paused'];
const RATE_LIMIT = ['Rate limit exceeded', 'Too many requests', 'Your call frequency is too high.'];
const CONFIG = [
  'The model name you specified is not supported',
  'input.prompt is required',
  'This field is required',
  'The page does not exist or is not published',
  'image_urls[0] is required.',
];

describe('words', () => {
  const cases: [string, string[], object][] = [
    ['an empty account', BILLING, { class: 'BILLING' }],
    ['broken rules', VIOLATIONS, { class: 'USER_VIOLATION' }],
    ['trouble that passes', TEMPORARY, { class: 'TEMPORARY' }],
    ['a model that is off', PAUSED, { class: 'CONFIG', detail: 'model_paused' }],
    ['haste', RATE_LIMIT, { class: 'RATE_LIMIT' }],
    ['a wrong request', CONFIG, { class: 'CONFIG' }],
  ];
  const all = cases.flatMap(([what, texts, verdict]) => texts.map((text) => [what, text, verdict] as const));

  it.each(all)('of %s: «%s», whatever the codes are', (_what, text, verdict) => {
    for (const code of [200, 422, 429, 500, 501]) expect(call(200, code, text)).toEqual(verdict);
    expect(call(500, null, text)).toEqual(verdict);
    for (const code of ['500', '422', 'GENERATION_FAILED', null]) expect(task(code, text)).toEqual(verdict);
  });

  it.each([
    ['nsfw_checker is required', 'CONFIG'],
    ['Field names are case-sensitive', 'UNKNOWN'],
    ['Field names are case-insensitive', 'UNKNOWN'],
    ['A payment method is required for prohibited content', 'USER_VIOLATION'],
  ])('are not mistaken: «%s»', (text, expected) => {
    expect(task('422', text).class).toBe(expected);
  });
});

describe('codes of a call', () => {
  it.each([
    [200, 401, { class: 'CONFIG', detail: 'key_invalid' }],
    [401, null, { class: 'CONFIG', detail: 'key_invalid' }],
    [200, 402, { class: 'BILLING' }],
    [200, 433, { class: 'BILLING' }],
    [402, 500, { class: 'BILLING' }],
    [200, 429, { class: 'RATE_LIMIT' }],
    [429, 500, { class: 'RATE_LIMIT' }],
    [429, null, { class: 'RATE_LIMIT' }],
    [200, 408, { class: 'TEMPORARY' }],
    [200, 455, { class: 'TEMPORARY' }],
    [200, 500, { class: 'TEMPORARY' }],
    [502, null, { class: 'TEMPORARY' }],
    [503, null, { class: 'TEMPORARY' }],
    [504, null, { class: 'TEMPORARY' }],
    [521, null, { class: 'TEMPORARY' }],
    [503, 200, { class: 'TEMPORARY' }],
    [200, 400, { class: 'CONFIG' }],
    [404, 404, { class: 'CONFIG' }],
    [200, 422, { class: 'CONFIG' }],
    [200, 505, { class: 'CONFIG' }],
    [200, 501, { class: 'UNKNOWN' }],
    [200, 777, { class: 'UNKNOWN' }],
    [302, null, { class: 'UNKNOWN' }],
    [403, null, { class: 'UNKNOWN' }],
  ])('HTTP %d with %s in the body', (httpStatus, code, verdict) => {
    expect(call(httpStatus, code, 'words that nobody knows')).toEqual(verdict);
  });

  it('of who stands before KIE and knows no browser of our kind', () => {
    expect(call(403, null, 'error code: 1010')).toEqual({ class: 'CONFIG' });
  });
});

describe('codes of a task', () => {
  it.each([
    ['500', null, 'TEMPORARY'],
    ['500', 'The generation task failed.', 'UNKNOWN'],
    ['GENERATION_FAILED', 'The generation task failed.', 'UNKNOWN'],
    ['501', 'words that nobody knows', 'UNKNOWN'],
    ['422', 'words that nobody knows', 'UNKNOWN'],
    ['402', 'words that nobody knows', 'BILLING'],
    ['429', 'words that nobody knows', 'RATE_LIMIT'],
    ['408', 'words that nobody knows', 'TEMPORARY'],
    ['503', 'words that nobody knows', 'TEMPORARY'],
    [null, null, 'UNKNOWN'],
  ])('%s with «%s»', (code, words, expected) => {
    expect(task(code, words)).toEqual({ class: expected });
  });

  it('do not speak of our key', () => {
    expect(task('401', 'words that nobody knows')).toEqual({ class: 'UNKNOWN' });
  });
});
