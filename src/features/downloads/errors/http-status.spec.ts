import type { Platform } from '../links/media-link.js';
import { codeOfStatus } from './http-status.js';

describe('codeOfStatus', () => {
  it.each<[number, Platform, string]>([
    [400, 'youtube', 'PROVIDER_BUG'],
    [401, 'youtube', 'HTTP_401'],
    [403, 'youtube', 'BYTES_403'],
    [404, 'youtube', 'CONTENT_GONE'],
    [410, 'youtube', 'CONTENT_GONE'],
    [429, 'youtube', 'HTTP_429'],
    [500, 'youtube', 'UPSTREAM_5XX'],
    [401, 'direct', 'CONTENT_PRIVATE'],
    [403, 'direct', 'CONTENT_PRIVATE'],
    [404, 'direct', 'CONTENT_GONE'],
    [410, 'direct', 'CONTENT_GONE'],
    [429, 'direct', 'HTTP_429'],
    [503, 'direct', 'UPSTREAM_5XX'],
  ])('%i of %s is %s', (status, platform, code) => {
    expect(codeOfStatus(status, platform)).toBe(code);
  });
});
