import { NetworkError } from '../../../platform/http/index.js';
import { networkFailure, refusal, taskFailure } from './generation-errors.js';
import { readReply } from './kie-reply.js';

const NOW = new Date('2026-01-01T00:00:00Z');
const KEY = 'k-0123456789';

const refused = (status: number, body: object | string, headers: Record<string, string> = {}) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return refusal(readReply({ status, headers, body: Buffer.from(text) }), KEY, NOW);
};

describe('refusal', () => {
  it('tells the code of the body before that of HTTP, and the words under each of their names', () => {
    expect(refused(200, { code: 500, msg: 'Server exception' })).toEqual({
      class: 'TEMPORARY',
      detail: null,
      code: '500',
      message: 'Server exception',
      retryAfterSec: null,
    });
    expect(refused(401, { code: '401', message: 'You do not have access permissions' })).toMatchObject({
      detail: 'key_invalid',
      code: '401',
      message: 'You do not have access permissions',
    });
    expect(refused(422, { error: 'This field is required' })).toMatchObject({ class: 'CONFIG', code: '422' });
  });

  it.each([
    [403, '<html>Sorry, you have been blocked: sensitive content, rate limit</html>', 'TEMPORARY', 'HTTP 403'],
    [521, '<html>', 'TEMPORARY', 'HTTP 521'],
    [302, '', 'TEMPORARY', 'HTTP 302'],
    [200, 'true', 'TEMPORARY', 'true'],
    [429, '<html>', 'RATE_LIMIT', 'HTTP 429'],
    [403, 'error code: 1010', 'CONFIG', 'error code: 1010'],
  ])('%d and no JSON: it does not come from KIE', (status, body, expected, message) => {
    expect(refused(status, body)).toMatchObject({ class: expected, code: 'UNREADABLE', message });
  });

  it.each([
    ['120', 120],
    ['Thu, 01 Jan 2026 00:00:07 GMT', 7],
    ['soon', null],
  ])('asks for the pause that a 429 asks for: %s', (header, expected) => {
    expect(refused(429, { code: 429, msg: 'x' }, { 'retry-after': header }).retryAfterSec).toBe(expected);
    expect(refused(503, { code: 500, msg: 'x' }, { 'retry-after': header }).retryAfterSec).toBeNull();
  });
});

describe('the message for the operator', () => {
  it('has neither keys nor links nor tokens in it, and an end', () => {
    const token = 'A'.repeat(43);
    const words = `${KEY} may not read https://files.example/photo.jpg?sig=1 (Bearer x.y) ${token} data:image/png;base64,AA`;
    const { message } = taskFailure('500', words, KEY);
    expect(message).toBe('[key] may not read [link] ([…] […] [link]');
    expect(taskFailure('500', 'long '.repeat(500), KEY).message).toHaveLength(299);
  });

  it('can be stored', () => {
    expect(taskFailure('5\u000000', 'zero\u0000', KEY)).toMatchObject({ code: '500', message: 'zero' });
  });
});

describe('networkFailure', () => {
  it.each([
    [new NetworkError('timed_out', 'api.kie.ai'), 'TIMEOUT', 'api.kie.ai: timed out'],
    [new NetworkError('connection_lost', 'api.kie.ai'), 'NETWORK', 'api.kie.ai: connection lost'],
    [new Error('too much'), 'NETWORK', 'too much'],
  ])('%s', (error, code, message) => {
    expect(networkFailure(error)).toEqual({ class: 'TEMPORARY', detail: null, code, message, retryAfterSec: null });
  });
});
