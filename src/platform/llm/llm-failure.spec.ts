import { failureOfStatus } from './llm-failure.js';

const KEY = 'a-key-of-a-provider-nobody-knows';
const of = (status: number, error?: unknown, headers: Record<string, string> = {}) =>
  failureOfStatus({ status, headers, body: Buffer.alloc(0) }, { error }, KEY);

describe('failureOfStatus', () => {
  it.each<[number, unknown, Record<string, string>, string]>([
    [400, { code: null, message: 'Unknown parameter' }, {}, 'config'],
    [400, { code: 'content_policy_violation' }, {}, 'refused'],
    [401, { code: 'invalid_api_key' }, {}, 'config'],
    [402, { code: 402 }, {}, 'billing'],
    [
      402,
      { code: 402, metadata: { limit_source: 'openrouter_in_flight_budget' } },
      { 'retry-after': '3' },
      'rate_limit',
    ],
    [403, { code: 403, metadata: { reasons: ['sexual'] } }, {}, 'refused'],
    [403, { code: 403 }, {}, 'config'],
    [404, { code: 'model_not_found' }, {}, 'config'],
    [408, undefined, {}, 'temporary'],
    [429, { code: 'rate_limit_exceeded' }, {}, 'rate_limit'],
    [429, { code: 'insufficient_quota' }, {}, 'billing'],
    [500, undefined, {}, 'temporary'],
    [503, 'overloaded', {}, 'temporary'],
    [302, undefined, {}, 'config'],
  ])('%i %j is %s', (status, error, headers, kind) => {
    expect(of(status, error, headers).kind).toBe(kind);
  });

  it('tells the operator why, and no keys', () => {
    const message = `Incorrect API key provided: sk-proj-ab**yz, or ${KEY}`;
    const told = of(401, { code: 'invalid_api_key', message }).message;
    expect(told).toBe("The model's API answered 401 (invalid_api_key): Incorrect API key provided: ••••, or ••••");
  });

  it('is short, whatever the other side says', () => {
    expect(of(500, { message: 'x'.repeat(10_000) }).message.length).toBeLessThan(400);
  });
});
