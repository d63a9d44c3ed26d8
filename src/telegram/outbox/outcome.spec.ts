import { TelegramError } from 'telegraf';
import { UploadCutShort } from './bot-api-call.js';
import { outcomeOf, repeatAfterMs } from './outcome.js';

const refusal = (code: number, description = '…', parameters = {}) =>
  new TelegramError({ error_code: code, description, parameters });
const transport = (code: string) => Object.assign(new Error('…'), { code });

describe('the outcome of a call', () => {
  it.each([
    ['silence for a while', refusal(429, 'Too Many Requests', { retry_after: 3 }), { kind: 'hold', afterMs: 3_000 }],
    ['no less than a second', refusal(429, 'Too Many Requests', { retry_after: 0 }), { kind: 'hold', afterMs: 1_000 }],
    ['a supergroup', refusal(400, 'upgraded', { migrate_to_chat_id: -5 }), { kind: 'moved', chatId: -5 }],
    ['trouble of the server', refusal(502), { kind: 'retry', afterMs: 1_000, serverError: 502 }],
    ['a wrong token', refusal(401), { kind: 'retry', afterMs: 60_000 }],
    ['so already', refusal(400, 'Bad Request: message is not modified'), { kind: 'moot' }],
    ['nothing to edit', refusal(400, 'Bad Request: message to edit not found'), { kind: 'gone' }],
    ['wrong markup', refusal(400, "Bad Request: can't parse entities"), { kind: 'badMarkup' }],
    ['blocked', refusal(403), { kind: 'blocked' }],
    ['refused', refusal(400, 'Bad Request: PHOTO_INVALID'), { kind: 'failed', code: 400 }],
    ['nobody listens', transport('ECONNREFUSED'), { kind: 'retry' }],
    ['no answer', transport('ECONNRESET'), { kind: 'unknown' }],
    ['an upload that was cut short', new UploadCutShort(transport('AbortError')), { kind: 'retry', afterMs: 0 }],
  ])('is read: %s', (_what, error, expected) => {
    expect(outcomeOf(error, 1)).toMatchObject(expected);
  });

  it.each([
    ['Telegram', refusal(400, 'Bad\0 Request: \ud83d')],
    ['a connection', new Error('Bad\0 Request: \ud83d')],
  ])('has a reason that PostgreSQL can keep, whatever %s has said', (_who, error) => {
    expect(outcomeOf(error, 1)).toMatchObject({ reason: 'Bad Request: ' });
  });

  it.each([
    ['edit', 4, 1_000],
    ['edit', 5, null],
    ['status', 0, 1_000],
    ['status', 1, null],
    ['result', 0, 30_000],
    ['result', 1, null],
    ['notice', 0, null],
  ] as const)('when nobody knows it, a %s is repeated after %i of them in %s ms', (kind, unknowns, afterMs) => {
    expect(repeatAfterMs(kind, unknowns)).toBe(afterMs);
  });
});
