import recorded from './fixtures/yt-dlp-stderr.json';
import type { Platform } from '../links/media-link.js';
import { ytDlpError } from './yt-dlp-errors.js';

describe('ytDlpError', () => {
  it.each(recorded as [Platform, string, string][])('on %s is %s: %.120s', (platform, code, stderr) => {
    expect(ytDlpError(stderr, platform).code).toBe(code);
  });

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
