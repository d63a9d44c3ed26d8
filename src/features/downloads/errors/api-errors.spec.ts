import { NetworkError, type NetworkErrorCode } from '../../../platform/http/index.js';
import { apiDoorError, apiStatusError, apiWordsError, mediaUrlError } from './api-errors.js';
import { NotApplicable, ProviderError } from './provider-error.js';

const NOW = new Date('2026-11-20T12:00:00Z');

const refusal = (status: number, words: string | null = null, headers: Record<string, string> = {}) => ({
  host: 'api.example',
  status,
  words,
  headers,
});

describe('apiStatusError', () => {
  it.each<[number, string | null, string]>([
    [401, 'Invalid API key.', 'CONFIG'],
    [403, 'You are not subscribed to this API.', 'CONFIG'],
    [403, null, 'CONFIG'],
    [429, 'You have exceeded the MONTHLY quota for Requests on your current plan', 'QUOTA'],
    [429, 'You have exceeded the rate limit per second for your plan', 'HTTP_429'],
    [429, 'Too many requests', 'HTTP_429'],
    [429, null, 'HTTP_429'],
    [500, 'Video unavailable', 'UPSTREAM_5XX'],
    [502, null, 'UPSTREAM_5XX'],
    [524, null, 'UPSTREAM_5XX'],
    [400, 'This video is private', 'CONTENT_PRIVATE'],
    [404, "Endpoint '/x' does not exist", 'PROVIDER_BUG'],
    [404, 'Video not found', 'CONTENT_GONE'],
    [405, null, 'PROVIDER_BUG'],
    [302, null, 'PROVIDER_BUG'],
  ])('%i with «%s» is %s', (status, words, code) => {
    expect(apiStatusError(refusal(status, words), NOW)).toMatchObject({ code, reportedBy: 'api' });
  });

  it('waits for a rate as long as it is told, and for a quota until it is full again', () => {
    const headers = { 'retry-after': '30' };
    const inTwoHours = '2026-11-20T14:00:00.000Z';
    expect(apiStatusError(refusal(429, 'Too many requests', headers), NOW, inTwoHours).retryAfterSec).toBe(30);
    expect(apiStatusError(refusal(429, 'MONTHLY quota', headers), NOW, inTwoHours).retryAfterSec).toBe(7_200);
    expect(apiStatusError(refusal(429, 'MONTHLY quota', headers), NOW).retryAfterSec).toBe(30);
    expect(apiStatusError(refusal(429), NOW).retryAfterSec).toBeUndefined();
  });

  it('says who answered what', () => {
    expect(apiStatusError(refusal(400, 'No such thing'), NOW).message).toBe('api.example answered 400: No such thing');
  });
});

describe('apiWordsError', () => {
  it('is a bug of the API where the words say nothing', () => {
    expect(apiWordsError(refusal(200, 'Oops'))).toMatchObject({ code: 'PROVIDER_BUG', reportedBy: 'api' });
    expect(apiWordsError(refusal(200))).toMatchObject({ code: 'PROVIDER_BUG', reportedBy: 'api' });
    expect(apiWordsError(refusal(200, 'Live streams are not supported'))).toMatchObject({ code: 'CONTENT_LIVE' });
  });
});

describe('apiDoorError', () => {
  it.each<[NetworkErrorCode, string]>([
    ['timed_out', 'STALL'],
    ['connection_lost', 'UPSTREAM_5XX'],
    ['unresolved', 'UPSTREAM_5XX'],
    ['unreachable', 'UPSTREAM_5XX'],
    ['proxy', 'UPSTREAM_5XX'],
    ['tls', 'UPSTREAM_5XX'],
    ['certificate', 'PROVIDER_BUG'],
    ['other', 'PROVIDER_BUG'],
  ])('%s is %s, and no trouble of an egress', (network, code) => {
    expect(apiDoorError(new NetworkError(network, 'api.example'))).toMatchObject({ code, reportedBy: 'api' });
  });
});

describe('mediaUrlError', () => {
  const outOfReach = (code: NetworkErrorCode) =>
    new ProviderError('EGRESS_DOWN', 'x', { cause: new NetworkError(code, 'cdn.example') });

  it.each<[string, unknown, string]>([
    ['something else than a medium', new NotApplicable('a page'), 'PROVIDER_BUG'],
    ['an address inside', new ProviderError('USER_URL', 'x'), 'PROVIDER_BUG'],
    ['a dead address', new ProviderError('CONTENT_GONE', 'x'), 'PROVIDER_BUG'],
    ['a host that nobody knows', outOfReach('unresolved'), 'UPSTREAM_5XX'],
    ['a host that is not there', outOfReach('unreachable'), 'UPSTREAM_5XX'],
    ['a proxy of ours that fails', outOfReach('proxy'), 'EGRESS_DOWN'],
    ['refused bytes', new ProviderError('BYTES_403', 'x'), 'BYTES_403'],
    ['a full disk', new ProviderError('LOCAL_DISK', 'x'), 'LOCAL_DISK'],
  ])('%s', (_, error, code) => {
    expect(mediaUrlError(error)).toMatchObject({ code });
    expect(mediaUrlError(error)).not.toHaveProperty('reportedBy', 'api');
  });

  it('hides no fault of the program', () => {
    const fault = new TypeError('x is not a function');
    expect(mediaUrlError(fault)).toBe(fault);
  });
});
