import type { Platform } from '../links/media-link.js';
import { codeOfStatus, type HttpStage } from './http-status.js';

describe('codeOfStatus', () => {
  it.each<[number, Platform, HttpStage, string]>([
    [401, 'youtube', 'page', 'HTTP_401'],
    [403, 'youtube', 'page', 'HTTP_403'],
    [403, 'youtube', 'bytes', 'BYTES_403'],
    [404, 'youtube', 'bytes', 'CONTENT_GONE'],
    [410, 'youtube', 'page', 'CONTENT_GONE'],
    [429, 'youtube', 'bytes', 'HTTP_429'],
    [500, 'youtube', 'bytes', 'UPSTREAM_5XX'],
    [503, 'direct', 'bytes', 'UPSTREAM_5XX'],
    [400, 'youtube', 'page', 'PROVIDER_BUG'],
    [401, 'direct', 'bytes', 'CONTENT_PRIVATE'],
    [403, 'direct', 'bytes', 'CONTENT_PRIVATE'],
    [404, 'direct', 'bytes', 'CONTENT_GONE'],
    [410, 'direct', 'bytes', 'CONTENT_GONE'],
    [429, 'direct', 'bytes', 'HTTP_429'],
  ])('%i of %s on its %s is %s', (status, platform, stage, code) => {
    expect(codeOfStatus(status, platform, stage)).toBe(code);
  });
});
