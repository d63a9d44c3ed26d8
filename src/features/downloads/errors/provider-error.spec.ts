import { classOf, ERROR_CODES, type ErrorClass, type ErrorCode } from './error-codes.js';
import { ProviderError } from './provider-error.js';

function codesByClass(): Partial<Record<ErrorClass, ErrorCode[]>> {
  const grouped: Partial<Record<ErrorClass, ErrorCode[]>> = {};
  for (const code of ERROR_CODES) (grouped[classOf(code)] ??= []).push(code);
  return grouped;
}

describe('classOf', () => {
  it('puts every code into one class', () => {
    expect(codesByClass()).toEqual({
      HARD_KILL: ['BLOCK_IP', 'RATE', 'HTTP_429', 'HTTP_403', 'HTTP_401', 'TLS_EOF', 'BYTES_403'],
      STALL: ['STALL', 'UPSTREAM_5XX'],
      PROVIDER_BUG: ['PROVIDER_BUG', 'NO_FORMAT'],
      CONFIG: ['CONFIG', 'QUOTA'],
      EGRESS: ['EGRESS_DOWN'],
      CONTENT: [
        'CONTENT_AGE',
        'CONTENT_PRIVATE',
        'CONTENT_GEO',
        'CONTENT_GONE',
        'CONTENT_DRM',
        'CONTENT_LIVE',
        'CONTENT_PHOTO',
        'CONTENT_TOO_LONG',
        'CONTENT_TOO_LARGE',
        'USER_URL',
      ],
      LOCAL: ['LOCAL_DISK', 'USER_CANCEL'],
    });
  });

  it('counts every failure of Telegram as our own', () => {
    expect(classOf('TELEGRAM_UPLOAD')).toBe('LOCAL');
  });
});

describe('ProviderError', () => {
  it('derives its class and keeps how long to wait', () => {
    expect(new ProviderError('HTTP_429', 'slow down', { retryAfterSec: 30 })).toMatchObject({
      code: 'HTTP_429',
      class: 'HARD_KILL',
      message: 'slow down',
      retryAfterSec: 30,
    });
  });

  it.each<[string, string]>([
    ['no\n  such\tthing', 'no such thing'],
    ['half a\u0000 word', 'half a word'],
    ['\u001b[31mred\u001b[0m', 'red'],
    ['GET https://api.example.com/v1/x?apikey=abc&id=1#top failed', 'GET https://api.example.com/v1/x failed'],
    ["('https://me:pw@cdn.example.com/a.mp4?sig=1')", "('https://cdn.example.com/a.mp4')"],
    ['{"x-rapidapi-key":"abcdef","a":1}', '{"x-rapidapi-key":"•••","a":1}'],
    ['Authorization: Bearer abc.def.ghi refused', 'Authorization: ••• refused'],
    ['sent bearer abcdef012345 there', 'sent bearer ••• there'],
    ['token=abc, password: hunter2', 'token=•••, password: •••'],
    ['/bot123456789:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc/getMe', '/bot•••/getMe'],
  ])('makes %j fit to be shown', (message, shown) => {
    expect(new ProviderError('PROVIDER_BUG', message).message).toBe(shown);
  });

  it('cuts what is long', () => {
    expect(new ProviderError('PROVIDER_BUG', 'x'.repeat(1_000)).message).toHaveLength(300);
  });
});
