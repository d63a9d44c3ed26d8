import { NetworkError, networkError } from './network-error.js';

const withCode = (code: string, message = 'x') => Object.assign(new Error(message), { code });

describe('networkError', () => {
  it.each([
    [withCode('UND_ERR_HEADERS_TIMEOUT'), 'timed_out'],
    [new DOMException('x', 'TimeoutError'), 'timed_out'],
    [withCode('ENOTFOUND'), 'unresolved'],
    [withCode('ECONNREFUSED'), 'unreachable'],
    [new AggregateError([withCode('ENETUNREACH'), withCode('ETIMEDOUT')]), 'unreachable'],
    [withCode('UND_ERR_SOCKET', 'other side closed'), 'connection_lost'],
    [withCode('ECONNRESET', 'Client network socket disconnected before secure TLS connection was established'), 'tls'],
    [withCode('ERR_SSL_WRONG_VERSION_NUMBER'), 'tls'],
    [withCode('CERT_HAS_EXPIRED'), 'certificate'],
    [withCode('DEPTH_ZERO_SELF_SIGNED_CERT'), 'certificate'],
    [withCode('UND_ERR_ABORTED', 'Proxy response (590) !== 200 when HTTP Tunneling'), 'proxy'],
    [new Error('fetch failed', { cause: withCode('ECONNREFUSED') }), 'unreachable'],
    [new Error('who knows'), 'other'],
    ['not even an error', 'other'],
  ])('%s is %s', (error, code) => {
    expect(networkError(error, 'a.example')).toMatchObject({ code, host: 'a.example', cause: error });
  });

  it('leaves its own kind alone', () => {
    const error = new NetworkError('tls', 'a.example');
    expect(networkError(error, 'b.example')).toBe(error);
  });
});
