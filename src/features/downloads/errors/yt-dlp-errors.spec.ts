import recorded from './fixtures/yt-dlp-stderr.json';
import type { Platform } from '../links/media-link.js';
import type { ErrorCode } from './error-codes.js';
import { codeOfWords, lastError, ytDlpError } from './yt-dlp-errors.js';

/** What is known of yt-dlp's words, in lower case: each must be met in a recorded failure. */
const KNOWN: [ErrorCode, ...string[]][] = [
  ['CONTENT_AGE', 'confirm your age', 'age-restricted', 'inappropriate'],
  ['BLOCK_IP', 'not a bot', 'captcha challenge before playback', 'your ip is likely being blocked'],
  ['BLOCK_IP', 'ip address is blocked from accessing this post'],
  ['RATE', 'has been rate-limited by youtube', "content isn't available, try again later"],
  ['RATE', 'exceeded the rate-limit for accessing posts anonymously', 'empty media response'],
  ['RATE', 'requiring login for access to this content'],
  ['HTTP_429', 'http error 429'],
  ['BYTES_403', 'unable to download video data: http error 403'],
  ['HTTP_403', 'http error 403'],
  ['HTTP_401', 'http error 401'],
  ['TLS_EOF', 'unexpected_eof_while_reading', 'eof occurred in violation of protocol'],
  ['PROVIDER_BUG', 'certificate_verify_failed', 'requires a gvs po token', 'no supported javascript runtime'],
  ['PROVIDER_BUG', 'signature solving failed', 'n challenge solving failed'],
  ['CONTENT_PRIVATE', 'private video', 'members-only', 'join this channel', 'do not have permission to view'],
  ['CONTENT_PRIVATE', 'only available for registered users'],
  ['CONTENT_GEO', 'not available in your country', 'not available from your location', 'geo restriction'],
  ['CONTENT_GONE', 'video unavailable', 'has been removed', 'http error 404', 'http error 410'],
  ['CONTENT_GONE', 'video not available, status code'],
  ['CONTENT_DRM', 'drm protected'],
  ['CONTENT_LIVE', 'live event will begin', 'premieres in', 'is not currently live', 'livestream has ended'],
  ['CONTENT_PHOTO', 'there is no video in this post'],
  ['USER_URL', 'unsupported url', 'is not a valid url', 'no suitable extractor found'],
  ['NO_FORMAT', 'requested format is not available', 'no video formats found', 'only images are available'],
  ['STALL', 'read timed out', 'timed out', 'more expected', 'content too short', 'did not get any data blocks'],
  ['STALL', 'connection reset', 'giving up after', 'not found, unable to continue', 'downloaded file is empty'],
  ['STALL', 'write to closed file'],
  ['LOCAL_DISK', 'no space left', 'unable to write data', 'unable to open for writing', 'file name too long'],
  ['EGRESS_DOWN', 'failed to resolve', 'name or service not known', 'connection refused', 'proxyerror', 'socks'],
  ['UPSTREAM_5XX', 'http error 5'],
  ['PROVIDER_BUG', 'unable to extract', 'failed to extract any player response', 'failed to parse json'],
  ['PROVIDER_BUG', 'traceback', 'keyerror'],
];

describe('ytDlpError', () => {
  it.each(recorded as [Platform, string, string][])('on %s is %s: %.120s', (platform, code, stderr) => {
    expect(ytDlpError(stderr, platform).code).toBe(code);
  });

  it.each(recorded as [Platform, string, string][])('has a rule on %s for %s: %.120s', (platform, _, stderr) => {
    expect(codeOfWords(lastError(stderr), platform)).not.toBeNull();
  });

  it.each(KNOWN.flatMap(([code, ...words]) => words.map((said): [ErrorCode, string] => [code, said])))(
    'has a recorded failure for %s: %s',
    (code, said) => {
      const failures = (recorded as [Platform, string, string][]).filter(([, of]) => of === code);
      expect(failures.map(([, , stderr]) => lastError(stderr).toLowerCase()).join('\n')).toContain(said);
    },
  );

  it('keeps the text of what nobody has a rule for', () => {
    const error = ytDlpError('ERROR: [Pinterest] 12: The moon is in the wrong house', 'pinterest');
    expect(error).toMatchObject({
      code: 'PROVIDER_BUG',
      class: 'PROVIDER_BUG',
      message: 'The moon is in the wrong house',
    });
  });

  it('believes the last error, whatever is said after it', () => {
    const stderr = 'ERROR: first\rERROR: [youtube] dQw4w9WgXcQ: Video unavailable\nWARNING: HTTP Error 403\n\n';
    expect(ytDlpError(stderr, 'youtube')).toMatchObject({ code: 'CONTENT_GONE', message: 'Video unavailable' });
  });

  it('reads through colours', () => {
    expect(ytDlpError('\u001b[0;31mERROR:\u001b[0m [youtube] a: Private video', 'youtube').code).toBe(
      'CONTENT_PRIVATE',
    );
  });

  it('leaves the cause and the request to report out of the message', () => {
    const stderr =
      'ERROR: [generic] a: Unable to download webpage: HTTP Error 404: Not Found (caused by <HTTPError 404: Not Found>); please report this issue on  https://github.com/x , filling out';
    expect(ytDlpError(stderr, 'direct').message).toBe('Unable to download webpage: HTTP Error 404: Not Found');
  });

  it.each(['', '\n \n'])('has a word for a program that said nothing (%j)', (stderr) => {
    expect(ytDlpError(stderr, 'youtube')).toMatchObject({ code: 'PROVIDER_BUG', message: 'ended without a word' });
  });
});
