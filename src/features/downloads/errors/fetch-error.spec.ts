import { EgressRefusedError } from '../../../platform/egress/index.js';
import { NetworkError, type NetworkErrorCode, UnfollowableUrlError } from '../../../platform/http/index.js';
import { diskError } from './disk-error.js';
import { fetchError } from './fetch-error.js';
import { ProviderError } from './provider-error.js';

describe('fetchError', () => {
  it.each<[NetworkErrorCode, string, string]>([
    ['timed_out', 'STALL', 'STALL'],
    ['connection_lost', 'STALL', 'STALL'],
    ['unresolved', 'EGRESS_DOWN', 'USER_URL'],
    ['unreachable', 'EGRESS_DOWN', 'UPSTREAM_5XX'],
    ['proxy', 'EGRESS_DOWN', 'UPSTREAM_5XX'],
    ['tls', 'TLS_EOF', 'TLS_EOF'],
    ['certificate', 'PROVIDER_BUG', 'USER_URL'],
    ['other', 'PROVIDER_BUG', 'PROVIDER_BUG'],
  ])('%s is %s of a platform, and %s of any host of the world', (code, ofPlatform, ofDirect) => {
    const error = new NetworkError(code, 'cdn.example');
    expect(fetchError(error, 'youtube')).toMatchObject({ code: ofPlatform, cause: error });
    expect(fetchError(error, 'direct')).toMatchObject({ code: ofDirect, cause: error });
  });

  it('leaves links that may not or cannot be followed to who sent them', () => {
    expect(fetchError(new EgressRefusedError('a.example', '10.0.0.1', 'private'), 'youtube')?.code).toBe('USER_URL');
    expect(fetchError(new UnfollowableUrlError('unsupported'), 'youtube')?.code).toBe('USER_URL');
  });

  it('keeps what has its name already, and does not hide faults of the program', () => {
    const known = new ProviderError('CONTENT_GONE', 'x');
    expect(fetchError(known, 'direct')).toBe(known);
    expect(fetchError(new TypeError('x is not a function'), 'direct')).toBeNull();
  });
});

describe('diskError', () => {
  it('tells a full disk', () => {
    const error = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    expect(diskError(error)).toMatchObject({ code: 'LOCAL_DISK', class: 'LOCAL' });
  });

  it.each([new Error('x'), Object.assign(new Error('x'), { code: 'ECONNRESET' }), null, undefined, 'x'])(
    'is nothing else: %s',
    (error) => {
      expect(diskError(error)).toBeNull();
    },
  );
});
