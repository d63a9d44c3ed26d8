import type { PartStatus } from './health-part.js';
import { overallOf } from './overall.js';

const parts = (states: Record<string, PartStatus>) =>
  Object.entries(states).map(([name, status]) => ({ name, status }));

describe('overallOf', () => {
  it.each<[Record<string, PartStatus>, string]>([
    [{ database: 'ok', redis: 'ok', migrations: 'ok', kie: 'ok' }, 'ok'],
    [{ database: 'ok', kie: 'unavailable' }, 'degraded'],
    [{ database: 'ok', kie: 'degraded' }, 'degraded'],
    [{ database: 'degraded' }, 'degraded'],
    [{ database: 'unavailable' }, 'down'],
    [{ redis: 'unavailable', kie: 'ok' }, 'down'],
    [{ migrations: 'unavailable' }, 'down'],
  ])('%o is %s', (states, overall) => {
    expect(overallOf(parts(states))).toBe(overall);
  });
});
