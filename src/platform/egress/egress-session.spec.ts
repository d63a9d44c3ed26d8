import { EgressSession } from './egress-session.js';
import { TrafficMeter } from './traffic-meter.js';

const session = (): EgressSession => new EgressSession({ id: 'a' }, 1, new TrafficMeter(() => 0), () => undefined);

describe('EgressSession', () => {
  it('knows what stood in the way of a host, until it is let through', () => {
    const one = session();
    const refusal = { kind: 'refused', address: '::1', reason: 'loopback' } as const;
    one.recordProblem('a.example', 80, refusal);
    expect(one.problemOf('a.example', 80)).toEqual(refusal);
    expect(one.problemOf('a.example', 81)).toBeUndefined();
    one.recordConnection(1, 'a.example', 80, '8.8.8.8');
    expect(one.problemOf('a.example', 80)).toBeUndefined();
    expect(one.refused()).toBe('a.example is at ::1, and loopback addresses are refused');
  });

  it('takes only its own token', () => {
    const one = session();
    const token = new URL(one.proxyUrl).password;
    expect([one.accepts(token), one.accepts(''), one.accepts(`${token}x`), session().accepts(token)]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it.each([
    [undefined, undefined],
    ['10.0.0.5', 4],
    ['2606:4700::1', 6],
  ])('from %s it reaches family %s', (sourceAddress, family) => {
    const one = new EgressSession({ id: 'a', sourceAddress }, 1, new TrafficMeter(() => 0), () => undefined);
    expect(one.family).toBe(family);
  });
});
