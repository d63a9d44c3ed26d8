import { stripVTControlCharacters } from 'node:util';
import type { Platform } from '../links/media-link.js';
import type { ErrorCode } from './error-codes.js';
import { ProviderError } from './provider-error.js';

interface Rule {
  code: ErrorCode;
  /** Any of these in the lower-cased message. */
  says: readonly (string | RegExp)[];
}

/**
 * What yt-dlp's messages mean; the first rule that fits decides, so the order matters: an age check and a bot check
 * begin with the same words, and «giving up after» follows almost anything.
 */
const RULES: readonly Rule[] = [
  // The gateway's refusal of a private address: it alone answers a tunnel so.
  { code: 'USER_URL', says: ['tunnel connection failed: 403', 'tunnel failed, response 403'] },
  { code: 'CONTENT_AGE', says: ['confirm your age', 'age-restricted', 'inappropriate', 'restricted video'] },
  { code: 'BLOCK_IP', says: ['not a bot'] },
  { code: 'RATE', says: ['has been rate-limited by youtube', /content isn[’']t available, try again later/] },
  {
    code: 'BLOCK_IP',
    says: [
      'captcha challenge before playback',
      'your ip is likely being blocked',
      'ip address is blocked from accessing this post',
    ],
  },
  {
    code: 'RATE',
    says: [
      'exceeded the rate-limit for accessing posts anonymously',
      'empty media response',
      'requiring login for access to this content',
    ],
  },
  { code: 'HTTP_429', says: ['http error 429'] },
  { code: 'BYTES_403', says: ['unable to download video data: http error 403'] },
  { code: 'HTTP_403', says: ['http error 403'] },
  { code: 'HTTP_401', says: ['http error 401'] },
  { code: 'TLS_EOF', says: ['unexpected_eof_while_reading', 'eof occurred in violation of protocol', 'curl: (35)'] },
  {
    code: 'PROVIDER_BUG',
    says: [
      'certificate_verify_failed',
      'certificateverifyerror',
      'requires a gvs po token',
      'no supported javascript runtime',
      'signature solving failed',
      'challenge solving failed',
      'unable to solve js challenge',
    ],
  },
  {
    code: 'CONTENT_PRIVATE',
    says: [
      'private video',
      'members-only',
      'join this channel',
      'do not have permission to view',
      'only available for registered users',
    ],
  },
  {
    code: 'CONTENT_GEO',
    says: ['available in your country', 'not available from your location', 'geo restriction'],
  },
  {
    code: 'CONTENT_GONE',
    says: [
      'video unavailable',
      'has been removed',
      'http error 404',
      'http error 410',
      'video not available, status code',
    ],
  },
  { code: 'CONTENT_DRM', says: ['drm protected'] },
  {
    code: 'CONTENT_LIVE',
    says: [
      'live event will begin',
      'premieres in',
      'premiere will begin',
      'is not currently live',
      'livestream has ended',
    ],
  },
  { code: 'CONTENT_PHOTO', says: ['there is no video in this post'] },
  {
    code: 'USER_URL',
    says: ['unsupported url', 'is not a valid url', 'no suitable extractor found', 'no connection adapters'],
  },
  {
    code: 'NO_FORMAT',
    says: ['requested format is not available', 'no video formats found', 'only images are available'],
  },
  { code: 'CONTENT_TOO_LARGE', says: ['file too large'] },
  {
    code: 'STALL',
    says: [
      'timed out',
      'operation too slow',
      'more expected',
      'content too short',
      'did not get any data blocks',
      'connection reset',
      'giving up after',
      /fragment \d+ not found, unable to continue/,
      /no such file or directory: .*part-frag\d+/,
      'downloaded file is empty',
      'write to closed file',
    ],
  },
  {
    code: 'LOCAL_DISK',
    says: ['no space left', 'unable to write data', 'unable to open for writing', 'file name too long'],
  },
  {
    code: 'EGRESS_DOWN',
    says: [
      'failed to resolve',
      'could not resolve',
      'name or service not known',
      'connection refused',
      'could not connect to server',
      'proxyerror',
      'socks',
    ],
  },
  { code: 'UPSTREAM_5XX', says: [/http error 5\d\d/] },
  {
    code: 'PROVIDER_BUG',
    says: [
      'unable to extract',
      'failed to extract any player response',
      'failed to parse json',
      'traceback',
      'keyerror',
    ],
  },
];

/** Behind `direct` is any host of the world: what it refuses says nothing about us or about a platform. */
const DIRECT_RULES: readonly Rule[] = [
  { code: 'CONTENT_PRIVATE', says: ['http error 401', 'http error 403'] },
  { code: 'USER_URL', says: ['certificate'] },
  { code: 'UPSTREAM_5XX', says: [/tunnel connection failed: 5\d\d/, /tunnel failed, response 5\d\d/] },
  ...RULES,
];

const REPORT_REQUEST = /[;,.]?\s*please report this issue on .*$/i;
const CAUSE = /\s*\(caused by .*\)$/;
const EXTRACTOR_PREFIX = /^\[[\w:.-]+\] (?:[\w-]+: )?/;

/**
 * What a run of yt-dlp that failed says about its cause, in its last `ERROR:` line or, after a crash, in its last line. What fits no
 * rule is a bug of the provider; its text is kept, so that a rule can be made of it.
 */
export function ytDlpError(stderr: string, platform: Platform): ProviderError {
  const said = lastError(stderr);
  const message = said.replace(CAUSE, '').replace(EXTRACTOR_PREFIX, '');
  return new ProviderError(codeOfWords(said, platform) ?? 'PROVIDER_BUG', message);
}

export function lastError(stderr: string): string {
  const lines = stripVTControlCharacters(stderr)
    // Where progress was shown, an error begins by going back over it.
    .replace(/^ERROR: *\r/gm, 'ERROR: ')
    .split(/[\r\n]+/)
    .filter((line) => line.trim() !== '');
  const at = lines.findLastIndex((line) => line.startsWith('ERROR:'));
  // A crash has its last word after that, and the error before it may be about one fragment of many.
  const isCrash = lines.slice(at + 1).some((line) => line.startsWith('Traceback '));
  const error = isCrash ? undefined : lines[at]?.slice('ERROR:'.length);
  return (error ?? lines.at(-1) ?? 'ended without a word').trim().replace(REPORT_REQUEST, '');
}

/** What the words of Python's network library and of yt-dlp mean; null when no rule fits. */
export function codeOfWords(words: string, platform: Platform): ErrorCode | null {
  const text = words.toLowerCase();
  const rules = platform === 'direct' ? DIRECT_RULES : RULES;
  return rules.find((rule) => rule.says.some((part) => contains(text, part)))?.code ?? null;
}

function contains(text: string, part: string | RegExp): boolean {
  return typeof part === 'string' ? text.includes(part) : part.test(text);
}
