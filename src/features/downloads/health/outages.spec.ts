import type { Platform } from '../links/media-link.js';
import type { Candidate, Rule } from '../routing/route.js';
import { outages } from './outages.js';

const rule = (platform: Platform | null, providerChain: string[], changes: Partial<Rule> = {}): Rule => ({
  id: `${platform}`,
  platform,
  durationMinSec: null,
  durationMaxSec: null,
  fileSizeMaxMb: 2_000,
  providerChain,
  isActive: true,
  priority: 1,
  ...changes,
});
const candidate = (name: string, changes: Partial<Candidate> = {}): Candidate => ({
  name,
  isActive: true,
  notReady: null,
  supports: () => true,
  maxDurationSec: null,
  ...changes,
});
const LOCAL = candidate('local');
const PAID = candidate('paid');

/** @param closed `provider:family:bucket`, or the beginning of it */
const out = (rules: Rule[], candidates: Candidate[], ...closed: string[]) =>
  Object.fromEntries(
    outages({
      rules,
      candidates,
      isFree: (...way) => !closed.some((each) => way.join(':').startsWith(each)),
    }),
  );

describe('the platforms that nobody can serve', () => {
  const chain = [rule('tiktok', ['local', 'paid'])];

  it.each([
    ['all can', [LOCAL, PAID], [], false],
    ['one is left', [LOCAL, PAID], ['local:tiktok'], false],
    ['one length is left', [LOCAL, PAID], ['local:', 'paid:tiktok:shorts', 'paid:tiktok:medium'], false],
    ['all are closed', [LOCAL, PAID], ['local:tiktok', 'paid:tiktok'], true],
    ['they are closed for others', [LOCAL, PAID], ['local:youtube', 'paid:youtube'], false],
    ['the last is switched off', [LOCAL, candidate('paid', { isActive: false })], ['local:'], true],
    ['the last cannot work', [LOCAL, candidate('paid', { notReady: 'no key' })], ['local:'], true],
    ['the last does not serve it', [LOCAL, candidate('paid', { supports: () => false })], ['local:'], true],
    ['none of the chain is there', [], [], true],
  ])('%s', (_what, candidates, closed, expected) => {
    expect(out(chain, candidates, ...closed)).toEqual({ tiktok: expected });
  });

  it('are only those that a rule leads to', () => {
    expect(out([], [LOCAL])).toEqual({});
    expect(Object.keys(out([rule(null, ['local'])], [LOCAL]))).toContain('pinterest');
  });

  it('count Shorts as YouTube', () => {
    const rules = [rule('youtube', ['local']), rule('youtube_shorts', ['paid'])];
    expect(out(rules, [LOCAL, PAID], 'local:')).toEqual({ youtube: false });
    expect(out(rules, [LOCAL, PAID], 'local:', 'paid:')).toEqual({ youtube: true });
  });

  it('ask only for the lengths that a rule sends to a provider', () => {
    const rules = [
      rule('youtube', ['local'], { durationMaxSec: 600 }),
      rule('youtube', ['paid'], { durationMinSec: 600, priority: 2 }),
    ];
    const closed = ['local:youtube:shorts', 'local:youtube:medium', 'paid:youtube:medium'];
    expect(out(rules, [LOCAL, PAID], ...closed)).toEqual({ youtube: false });
    expect(out(rules, [LOCAL, PAID], ...closed, 'paid:youtube:long')).toEqual({ youtube: true });
  });
});
