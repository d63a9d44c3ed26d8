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
  maxDurationSec: null,
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
    const chain = ['gone', 'off', 'broken', 'narrow', 'brief', 'good', 'spare'];
    const { chain: verdicts } = route(
      { platform: 'tiktok', durationSec: 61 },
      [rule({ providerChain: chain })],
      [
        candidate('spare'),
        candidate('good', { maxDurationSec: 61 }),
        candidate('brief', { maxDurationSec: 60 }),
        candidate('narrow', { supports: (platform) => platform === 'direct' }),
        candidate('broken', { notReady: 'yt-dlp is not installed' }),
        candidate('off', { isActive: false }),
      ],
    );
    expect(verdicts.map(({ provider, position, verdict, reason }) => [position, provider, verdict, reason])).toEqual([
      [1, 'gone', 'skip', 'not_found'],
      [2, 'off', 'skip', 'inactive'],
      [3, 'broken', 'skip', 'config'],
      [4, 'narrow', 'skip', 'unsupported'],
      [5, 'brief', 'skip', 'unsupported'],
      [6, 'good', 'take', 'ok'],
      [7, 'spare', 'take', 'ok'],
    ]);
    expect(verdicts[2]?.detail).toBe('yt-dlp is not installed');
  });

  it('lets nobody fetch what is larger than the rule allows', () => {
    const sized = (fileSizeBytes: number) =>
      route({ platform: 'tiktok', durationSec: 5, fileSizeBytes }, [rule({ fileSizeMaxMb: 1 })], [candidate('yt-dlp')])
        .chain[0];
    expect(sized(1_048_576)?.reason).toBe('ok');
    expect(sized(1_048_577)).toMatchObject({ reason: 'unsupported', detail: 'The rule takes 1 MB at most' });
  });

  it('has no chain when no rule matches', () => {
    expect(route({ platform: 'tiktok', durationSec: 5 }, [rule({ platform: 'youtube' })], [])).toEqual({
      rule: null,
      bucket: 'shorts',
      chain: [],
    });
  });
});
