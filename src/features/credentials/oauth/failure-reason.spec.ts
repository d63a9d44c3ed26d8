import { ClientClosedError } from 'redis';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { NetworkError } from '../../../platform/http/index.js';
import { tooManyCredentials } from '../credentials.errors.js';
import { CredentialRefused, OAuthRefused } from '../platforms/platform.js';
import { PlatformUnavailable } from '../platforms/protocol/platform-unavailable.js';
import { type FailureReason, reasonOf } from './failure-reason.js';

describe('reasonOf', () => {
  it.each<[Error, FailureReason | null]>([
    [new OAuthRefused('access_denied'), 'access_denied'],
    [new OAuthRefused('missing_scope'), 'missing_scope'],
    [new OAuthRefused('state_mismatch'), 'state_invalid'],
    [new OAuthRefused('invalid_client'), 'exchange_failed'],
    [new OAuthRefused('constructor'), 'exchange_failed'],
    [new CredentialRefused('no_channel'), 'no_channel'],
    [new CredentialRefused('missing_scope'), 'missing_scope'],
    [new CredentialRefused('unauthorized'), 'exchange_failed'],
    [new PlatformUnavailable('oauth.example', 'answered 503'), 'unavailable'],
    [new NetworkError('timed_out', 'oauth.example'), 'unavailable'],
    [new ClientClosedError(), 'unavailable'],
    [Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), 'unavailable'],
    [tooManyCredentials(100), 'too_many'],
    [new DomainError('crypto.undecipherable', 'internal', 'x'), null],
    [new Error('a bug'), null],
  ])('of %s is %s', (error, reason) => {
    expect(reasonOf(error)).toBe(reason);
  });
});
