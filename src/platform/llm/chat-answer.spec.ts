import { textOfAnswer } from './chat-answer.js';

const answer = (choice: object) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  choices: [{ index: 0, ...choice }],
});
const said = (content: unknown, finish_reason = 'stop') => answer({ message: { content }, finish_reason });

describe('textOfAnswer', () => {
  it('is what the model has said', () => {
    expect(textOfAnswer(said(' A vertical video. \n'), undefined)).toBe('A vertical video.');
  });

  it.each<[string, unknown, string]>([
    ['the filter', said('A vertical', 'content_filter'), 'refused'],
    ['a refusal', answer({ message: { content: null, refusal: 'I cannot' }, finish_reason: 'stop' }), 'refused'],
    ['an answer cut off', said('A vertical', 'length'), 'config'],
    ['an error in the middle', said('A vertical', 'error'), 'temporary'],
    ['a provider without room', said('A vertical', 'insufficient_system_resource'), 'temporary'],
    ['no text', said('  '), 'empty'],
    ['null', said(null), 'empty'],
    ['no choice', { choices: [] }, 'empty'],
    ['a page', undefined, 'temporary'],
    ['a list', [], 'temporary'],
    ['an error in words', { error: { code: 'server_error', message: 'gone' }, choices: [] }, 'temporary'],
    ['an error by number', { ...said('A vertical'), error: { code: 502, message: 'gone' } }, 'temporary'],
    ['no credits in a 200', { error: { code: 402, message: 'more credits' } }, 'billing'],
    ['a rate limit in a 200', { error: { code: 'rate_limit_exceeded' } }, 'rate_limit'],
    ['a refusal in a 200', { error: { code: 403, metadata: { reasons: ['violence'] } } }, 'refused'],
  ])('is no text with %s', (_, body, kind) => {
    expect(() => textOfAnswer(body, undefined)).toThrow(expect.objectContaining({ name: 'LlmError', kind }) as Error);
  });
});
