import recorded from './fixtures/pytubefix-failures.json';
import { pytubefixCrash, type PytubefixFailure, pytubefixError } from './pytubefix-errors.js';

const failure = (changes: Partial<PytubefixFailure>): PytubefixFailure => ({
  name: 'HTTPError',
  message: 'words',
  stage: 'page',
  status: null,
  retryAfterSec: null,
  ...changes,
});

describe('pytubefixError', () => {
  it.each(recorded as [string, string][])('is %s: %.120s', (code, line) => {
    expect(pytubefixError(JSON.parse(line) as PytubefixFailure, 'youtube').code).toBe(code);
  });

  it('keeps how long to wait', () => {
    const limited = failure({ message: 'HTTP Error 429: Too Many Requests', status: 429, retryAfterSec: 120 });
    expect(pytubefixError(limited, 'youtube')).toMatchObject({
      code: 'HTTP_429',
      retryAfterSec: 120,
      message: 'HTTPError: HTTP Error 429: Too Many Requests',
    });
  });

  it('keeps the text of what nobody has a rule for', () => {
    const unheardOf = failure({ name: 'MoonError', message: 'The moon is in the wrong house' });
    expect(pytubefixError(unheardOf, 'youtube_shorts')).toMatchObject({
      code: 'PROVIDER_BUG',
      message: 'MoonError: The moon is in the wrong house',
    });
    expect(pytubefixError(failure({ name: 'InterpretationError', message: '' }), 'youtube').message).toBe(
      'InterpretationError',
    );
  });
});

describe('pytubefixCrash', () => {
  it.each([
    ['Traceback (most recent call last):\n  File "runner.py", line 1\nMemoryError', 'PROVIDER_BUG', 'MemoryError'],
    ['OSError: [Errno 28] No space left on device\n', 'LOCAL_DISK', 'OSError: [Errno 28] No space left on device'],
    ['', 'PROVIDER_BUG', 'ended without a word'],
  ])('reads the last words of a run: %j', (stderr, code, message) => {
    expect(pytubefixCrash(stderr, 'youtube')).toMatchObject({ code, message });
  });
});
