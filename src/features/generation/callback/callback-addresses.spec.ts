import type { ProcessConfig } from '../../../platform/config/process.config.js';
import { CallbackAddresses, isTokenOf, readCallbackAddress } from './callback-addresses.js';

const JOB = '0b8f3c52-3d5e-4f6a-9c1b-2a7d8e9f0a1b';
const of = (process: Partial<ProcessConfig>) => new CallbackAddresses(process as ProcessConfig);

describe('the address of a callback', () => {
  it('can be read again, and its token is known by its hash alone', () => {
    const addresses = of({ publicBaseUrl: 'https://nexus.example/' });
    const { token, tokenHash } = addresses.newToken();
    const address = addresses.of({ jobId: JOB, attempt: 12, token });
    expect(address).toBe(`https://nexus.example/api/v1/generation/kie/callback/${JOB}.12.${token}`);
    expect(readCallbackAddress(address.slice(address.lastIndexOf('/') + 1))).toEqual({
      jobId: JOB,
      attempt: 12,
      token,
    });
    expect(isTokenOf(token, tokenHash)).toBe(true);
    expect(isTokenOf(addresses.newToken().token, tokenHash)).toBe(false);
  });

  it('is on this machine when nothing else is configured', () => {
    expect(of({ port: 3000 }).of({ jobId: JOB, attempt: 1, token: 't' })).toMatch(
      /^http:\/\/localhost:3000\/api\/v1\//,
    );
  });

  const token = 'x'.repeat(43);
  it.each([
    '',
    'not-an-id',
    `${JOB}.1`,
    `${JOB}.0.${token}`,
    `${JOB}.-1.${token}`,
    `${JOB}.1e3.${token}`,
    `${JOB}.${'9'.repeat(40)}.${token}`,
    `${JOB}.1.${token}x`,
    `${JOB}.1.${token}\n`,
    ` ${JOB}.1.${token}`,
    `${JOB.toUpperCase()}.1.${token}`,
    `${JOB}.1.${'%'.repeat(43)}`,
  ])('is not %j', (text) => {
    expect(readCallbackAddress(text)).toBeNull();
  });
});
