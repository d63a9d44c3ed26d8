import { signatureOf } from './signature.js';

const of = (message: string) => signatureOf('X', message).slice('x: '.length);

describe('the signature of an error', () => {
  it.each([
    ['ERROR: [youtube] dQw4w9WgXcQ: Video unavailable', 'error: [youtube] <id>: video unavailable'],
    ['ERROR: [youtube] abcdefghijk: Video unavailable', 'error: [youtube] <id>: video unavailable'],
    ['ERROR: [Instagram] C_x-1: Unable to extract video url', 'error: [instagram] <id>: unable to extract video url'],
    ['HTTP Error 403: Forbidden', 'http error #: forbidden'],
    ['Got error: 1048576 bytes read, 5242880 more expected', 'got error: # bytes read, # more expected'],
    ['Timed out after 30.5 s at 12:30:05', 'timed out after # s at #'],
    ['connect ECONNREFUSED 127.0.0.1:8080', 'connect econnrefused <host>'],
    ['connect ETIMEDOUT 2001:db8::8a2e:370:7334', 'connect etimedout <host>'],
    ['connect ETIMEDOUT [2001:db8:1:2::1]:443', 'connect etimedout <host>'],
    ['getaddrinfo ENOTFOUND rr3---sn-4g5e6nzz.googlevideo.com', 'getaddrinfo enotfound <host>'],
    ['GET https://cdn.example.com/v/1.mp4?sig=ab failed', 'get <url> failed'],
    ['Unknown field "views" in \'items\' of «answer» and `x`', 'unknown field <text> in <text> of <text> and <text>'],
    ["Can't open it, it's gone", "can't open it, it's gone"],
    ['Request 0b7e5b0c-8f0e-4a52-9d0e-0a4d3c1f2b3a is lost', 'request <id> is lost'],
    ['Segmentation fault at 0x7ffd3c', 'segmentation fault at <id>'],
    ['commit 9f86d081884c7d65 is unknown', 'commit <id> is unknown'],
    ['The decade of a cafe facade', 'the decade of a cafe facade'],
    ['codec h264 in mp4', 'codec h# in mp#'],
    ['Task job_8f3kQ2x9 failed', 'task <id> failed'],
    ['  two\n\n  lines ', 'two lines'],
    ['Файл 12 не найден', 'файл # не найден'],
    ['', ''],
  ])('leaves out what differs: %s', (message, expected) => {
    expect(of(message)).toBe(expected);
  });

  it('tells codes apart', () => {
    expect(signatureOf('HTTP_403', 'Forbidden')).toBe('http_403: forbidden');
    expect(signatureOf('HTTP_401', 'Forbidden')).not.toBe(signatureOf('HTTP_403', 'Forbidden'));
  });

  it('is short, and never ends inside a character', () => {
    const signature = signatureOf('X', '😀'.repeat(500));
    expect(signature).toBe(`x: ${'😀'.repeat(197)}`);
  });

  it.each([':'.repeat(100_000), 'a.'.repeat(50_000), '[a] '.repeat(25_000), "'".repeat(100_001), '1a-'.repeat(30_000)])(
    'takes no time for a hostile message',
    (message) => {
      const start = performance.now();
      signatureOf('X', message);
      expect(performance.now() - start).toBeLessThan(200);
    },
  );
});
