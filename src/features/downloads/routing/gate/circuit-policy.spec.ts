import { ERROR_CODES, type ErrorCode } from '../../errors/error-codes.js';
import { ProviderError } from '../../errors/provider-error.js';
import { UNTIL_CLOSED, type CircuitEffect } from './circuit-effect.js';
import { circuitEffects, type AttemptPlace } from './circuit-policy.js';
import type { Ending } from './ending.js';

const NOW = new Date('2026-11-20T10:00:00Z');
const NEXT_DAY = new Date('2026-11-20T21:00:00Z');
const context = {
  config: { cooldownHardKillMin: 30, cooldownStallMin: 15, cooldownMaxMin: 60, cooldownStallThreshold: 3 },
  now: NOW,
  nextDay: NEXT_DAY,
};

const place = (changes: Partial<AttemptPlace> = {}): AttemptPlace => ({
  provider: 'yt-dlp',
  family: 'youtube',
  bucket: 'long',
  egressCount: 1,
  ...changes,
});

type Details = ConstructorParameters<typeof ProviderError>[2];
const error = (code: ErrorCode, details?: Details) => new ProviderError(code, 'it failed', details);

function failed(failure: ProviderError, egresses = ['home']): Ending {
  const tries = egresses.map((egress) => ({ egress, error: failure }));
  return { requestId: 'job', outcome: 'failed', error: failure, tries, costMicroUsd: 0 };
}

/** In words: `p:yt-dlp:youtube:long 30 min`, `… after 3 STALL`; what matters to probes alone is left out. */
function opened(effects: CircuitEffect[]): string[] {
  return effects.flatMap((effect) => {
    if ('well' in effect || effect.opens === 'as_probe') return [];
    const { circuit, opens, cooldown } = effect;
    const time =
      'firstMs' in cooldown
        ? `${cooldown.firstMs / 60_000} min`
        : new Date(cooldown.untilMs).toISOString().slice(0, 16);
    return [`${circuit} ${time}${opens === 'at_once' ? '' : ` after ${opens.needed} ${opens.of}`}`];
  });
}

function asProbe(effects: CircuitEffect[]): string[] {
  return effects.flatMap((effect) => (!('well' in effect) && effect.opens === 'as_probe' ? [effect.circuit] : []));
}

const BUCKET = 'p:yt-dlp:youtube:long';
const FOREVER = new Date(UNTIL_CLOSED).toISOString().slice(0, 16);

/** One way out: what opens, for every code. */
const ONE_EGRESS: Record<(typeof ERROR_CODES)[number], string[]> = {
  BLOCK_IP: ['e:home:youtube 60 min'],
  RATE: ['e:home:youtube 60 min'],
  HTTP_429: [`${BUCKET} 30 min`],
  HTTP_403: [`${BUCKET} 30 min`],
  HTTP_401: [`${BUCKET} 30 min`],
  TLS_EOF: [`${BUCKET} 30 min`],
  BYTES_403: [`${BUCKET} 30 min`],
  STALL: [`${BUCKET} 15 min after 3 STALL`],
  UPSTREAM_5XX: [`${BUCKET} 15 min after 3 STALL`],
  PROVIDER_BUG: [`${BUCKET} 15 min after 3 PROVIDER_BUG`],
  NO_FORMAT: [`${BUCKET} 15 min after 3 PROVIDER_BUG`],
  CONFIG: [`p:yt-dlp ${FOREVER}`],
  QUOTA: ['p:yt-dlp 2026-11-20T21:00'],
  EGRESS_DOWN: ['e:home 5 min'],
  CONTENT_AGE: [],
  CONTENT_PRIVATE: [],
  CONTENT_GEO: [],
  CONTENT_GONE: [],
  CONTENT_DRM: [],
  CONTENT_LIVE: [],
  CONTENT_PHOTO: [],
  CONTENT_TOO_LONG: [],
  CONTENT_TOO_LARGE: [],
  USER_URL: [],
  LOCAL_DISK: [],
  USER_CANCEL: [],
};
/** Several ways out: what is otherwise. */
const SEVERAL_EGRESSES: typeof ONE_EGRESS = {
  ...ONE_EGRESS,
  HTTP_429: ['e:home:youtube 30 min', `${BUCKET} 30 min after 2 HTTP_429`],
  TLS_EOF: ['e:home:youtube 30 min', `${BUCKET} 30 min after 2 TLS_EOF`],
  BYTES_403: ['e:home:youtube 30 min', `${BUCKET} 30 min after 2 BYTES_403`],
};
/** An API told so of its own way. */
const BY_API: typeof ONE_EGRESS = {
  ...ONE_EGRESS,
  BLOCK_IP: [`${BUCKET} 60 min`],
  RATE: [`${BUCKET} 60 min`],
  EGRESS_DOWN: [`${BUCKET} 5 min`],
};

describe('circuitEffects', () => {
  it.each(ERROR_CODES)('%s opens what the table says', (code) => {
    const ending = failed(error(code));
    expect(opened(circuitEffects(ending, place(), context))).toEqual(ONE_EGRESS[code]);
    expect(opened(circuitEffects(ending, place({ egressCount: 3 }), context))).toEqual(SEVERAL_EGRESSES[code]);
    const told = failed(error(code, { reportedBy: 'api' }));
    expect(opened(circuitEffects(told, place({ egressCount: 3 }), context))).toEqual(BY_API[code]);
  });

  it('lets a delivery that failed open nothing', () => {
    expect(circuitEffects(failed(error('TELEGRAM_413')), place(), context)).toEqual([]);
  });

  it.each(ERROR_CODES)('%s opens nothing where any host may be behind a link', (code) => {
    expect(circuitEffects(failed(error(code)), place({ family: 'direct' }), context)).toEqual([]);
  });

  it.each<[ErrorCode, string[]]>([
    ['HTTP_403', ['p:yt-dlp', 'e:home:youtube', 'e:home']],
    ['STALL', ['p:yt-dlp', BUCKET, 'e:home:youtube', 'e:home']],
    ['PROVIDER_BUG', ['p:yt-dlp', BUCKET]],
    ['TLS_EOF', ['p:yt-dlp', BUCKET, 'e:home']],
    ['BLOCK_IP', ['e:home']],
    ['EGRESS_DOWN', ['e:home:youtube']],
    ['CONFIG', []],
    ['CONTENT_AGE', []],
  ])('%s also opens those whose probe it was: %j', (code, circuits) => {
    const ending = failed(error(code));
    expect(asProbe(circuitEffects(ending, place({ egressCount: 2 }), context))).toEqual(circuits);
  });

  it('cools elsewhere half as long after a rate limit', () => {
    const effects = circuitEffects(failed(error('RATE')), place({ family: 'tiktok' }), context);
    expect(opened(effects)).toEqual(['e:home:tiktok 30 min']);
  });

  it('takes each way out for itself, and the provider once', () => {
    const blocked = error('BLOCK_IP');
    const down = error('EGRESS_DOWN');
    const stalled = error('STALL');
    const ending: Ending = {
      ...failed(stalled),
      tries: [
        { egress: 'one', error: blocked },
        { egress: 'two', error: down },
        { egress: 'three', error: stalled },
      ],
    };
    expect(opened(circuitEffects(ending, place({ egressCount: 3 }), context))).toEqual([
      `${BUCKET} 15 min after 3 STALL`,
      'e:one:youtube 60 min',
      'e:two 5 min',
    ]);
  });

  it('knows what went well: the provider, and the way out that did it in the end', () => {
    const ending: Ending = {
      requestId: 'job',
      outcome: 'succeeded',
      tries: [
        { egress: 'one', error: error('TLS_EOF') },
        { egress: 'two', error: null },
      ],
      costMicroUsd: 0,
    };
    const effects = circuitEffects(ending, place({ egressCount: 2 }), context);
    expect(effects.flatMap((effect) => ('well' in effect ? [effect.circuit] : []))).toEqual([
      'p:yt-dlp',
      BUCKET,
      'e:two',
      'e:two:youtube',
    ]);
    expect(opened(effects)).toEqual(['e:one:youtube 30 min', `${BUCKET} 30 min after 2 TLS_EOF`]);
  });

  it.each(['cancelled', 'passed_over'] as const)('%s does nothing', (outcome) => {
    expect(circuitEffects({ ...failed(error('HTTP_403')), outcome }, place(), context)).toEqual([]);
  });

  it('counts jobs, not attempts, and ways out', () => {
    const tallies = (ending: Ending, egressCount: number) =>
      circuitEffects(ending, place({ egressCount }), context).flatMap((effect) =>
        'well' in effect || typeof effect.opens === 'string' ? [] : [effect.opens],
      );
    expect(tallies(failed(error('STALL')), 1)).toEqual([
      { of: 'STALL', member: 'job', needed: 3, withinMs: 3_600_000 },
    ]);
    expect(tallies(failed(error('TLS_EOF'), ['one', 'two']), 2)).toEqual([
      { of: 'TLS_EOF', member: 'one', needed: 2, withinMs: 600_000 },
      { of: 'TLS_EOF', member: 'two', needed: 2, withinMs: 600_000 },
    ]);
  });

  it.each([
    [undefined, 0],
    [600, 600_000],
    [86_400, 3_600_000],
  ])('hands on how long it was asked to wait: %s s', (retryAfterSec, retryAfterMs) => {
    const effects = circuitEffects(failed(error('HTTP_429', { retryAfterSec })), place(), context);
    const cooldowns = effects.flatMap((effect) => ('well' in effect ? [] : [effect.cooldown]));
    for (const cooldown of cooldowns) expect(cooldown).toEqual({ firstMs: 1_800_000, retryAfterMs });
    expect(cooldowns.length).toBeGreaterThan(0);
  });

  it('waits for a quota until it is full again, however long that is', () => {
    const effects = circuitEffects(failed(error('QUOTA', { retryAfterSec: 864_000 })), place(), context);
    expect(opened(effects)).toEqual(['p:yt-dlp 2026-11-30T10:00']);
  });

  it('takes the lengths and the number of stalls from the settings', () => {
    const config = { ...context.config, cooldownHardKillMin: 7, cooldownStallMin: 8, cooldownStallThreshold: 5 };
    const of = (code: ErrorCode) => opened(circuitEffects(failed(error(code)), place(), { ...context, config }));
    expect(of('HTTP_403')).toEqual([`${BUCKET} 7 min`]);
    expect(of('STALL')).toEqual([`${BUCKET} 8 min after 5 STALL`]);
  });
});
