import type { Platform } from '../links/media-link.js';
import { route, type Candidate, type Rule } from './route.js';

const rule = (changes: Partial<Rule>): Rule => ({
  id: 'any',
  platform: null,
  durationMinSec: null,
  durationMaxSec: null,
  fileSizeMaxMb: 2_000,
  providerChain: ['yt-dlp'],
  isActive: true,
  priority: 1,
  ...changes,
});

const candidate = (name: string, changes: Partial<Candidate> = {}): Candidate => ({
  name,
  isActive: true,
  notReady: null,
  supports: () => true,
  ...changes,
});

describe('route', () => {
  const rules = [
    rule({ id: 'long', platform: 'youtube', durationMinSec: 1_800, priority: 1 }),
    rule({ id: 'youtube', platform: 'youtube', priority: 2 }),
    rule({ id: 'off', platform: 'tiktok', isActive: false, priority: 3 }),
    rule({ id: 'rest', priority: 9 }),
  ];

  it.each<[Platform, number | null, string]>([
    ['youtube', 1_800, 'long'],
    ['youtube', 1_799, 'youtube'],
    ['youtube', null, 'youtube'],
    ['tiktok', 15, 'rest'],
    ['direct', null, 'rest'],
  ])('%s of %s s follows the first active rule that matches: %s', (platform, durationSec, expected) => {
    expect(route({ platform, durationSec }, rules, []).rule?.id).toBe(expected);
  });

  it('keeps the order of the chain and explains every provider', () => {
    const chain = ['gone', 'off', 'broken', 'narrow', 'good', 'spare'];
    const decision = route(
      { platform: 'tiktok', durationSec: null },
      [rule({ providerChain: chain })],
      [
        candidate('spare'),
        candidate('good'),
        candidate('narrow', { supports: (platform) => platform === 'direct' }),
        candidate('broken', { notReady: 'yt-dlp is not installed' }),
        candidate('off', { isActive: false }),
      ],
    );
    expect(decision.outcome).toBe('route');
    expect(decision.chain.map(({ provider, verdict, reason }) => [provider, verdict, reason])).toEqual([
      ['gone', 'skip', 'not_found'],
      ['off', 'skip', 'inactive'],
      ['broken', 'skip', 'config'],
      ['narrow', 'skip', 'unsupported'],
      ['good', 'take', 'ok'],
      ['spare', 'take', 'ok'],
    ]);
    expect(decision.chain[2]?.detail).toBe('yt-dlp is not installed');
  });

  it('says so when no rule matches, and when nobody of the chain can', () => {
    const inactive = [candidate('yt-dlp', { isActive: false })];
    expect(route({ platform: 'tiktok', durationSec: 5 }, [rule({ platform: 'youtube' })], inactive).outcome).toBe(
      'no_rule',
    );
    expect(route({ platform: 'tiktok', durationSec: 5 }, [rule({})], inactive).outcome).toBe('soft_fail');
  });
});
