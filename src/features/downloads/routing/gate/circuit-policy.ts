import type { ProviderError } from '../../errors/provider-error.js';
import type { DurationBucket } from '../duration-bucket.js';
import { UNTIL_CLOSED, type BadNews, type CircuitEffect, type Cooldown, type GoodNews } from './circuit-effect.js';
import { bucketCircuit, egressCircuit, egressFamilyCircuit, providerCircuit } from './circuit-key.js';
import { coolingOf, type CooldownConfig, type Cooling } from './cooling.js';
import type { Ending } from './ending.js';
import type { Family } from './gate-question.js';

const MINUTE_MS = 60_000;
const MOST_RETRY_AFTER_SEC = 3_600;
const COUNTED_WITHIN_MS = 60 * MINUTE_MS;
/** The same refusal on so many ways out is the provider's trouble, not theirs. */
const EGRESSES_THAT_BLAME_THE_PROVIDER = 2;
const SAME_REFUSAL_WITHIN_MS = 10 * MINUTE_MS;

/** Where an attempt was made. */
export interface AttemptPlace {
  provider: string;
  family: Family;
  bucket: DurationBucket;
  /** Ways out that the provider has, usable or not. */
  egressCount: number;
}

export interface PolicyContext {
  config: CooldownConfig;
  now: Date;
  /** The beginning of the operator's next day. */
  nextDay: Date;
}

/**
 * What the end of an attempt does to circuits, in the order in which it is to be done. A pure decision: levels, counts
 * and probes are looked up where the effects are applied. Attempts that were passed over or cancelled do nothing, nor
 * does what only the content or this machine is to blame for.
 */
export function circuitEffects(ending: Ending, place: AttemptPlace, context: PolicyContext): CircuitEffect[] {
  const { outcome, error, tries, requestId } = ending;
  if (outcome === 'cancelled' || outcome === 'passed_over') return [];
  const isSuccess = outcome === 'succeeded';
  // Any host of the world may be behind such links: their failures say nothing of those who went there.
  if (place.family === 'direct') return isSuccess ? providerDidWell(place) : [];
  const ofProvider = isSuccess ? providerDidWell(place) : error ? providerFailed(error, requestId, place, context) : [];
  const ofEgresses = tries.flatMap(({ egress, error: failure }): CircuitEffect[] => {
    if (failure) return egressFailed(failure, egress, place, context);
    return isSuccess ? egressDidWell(egress, place) : [];
  });
  return [...ofProvider, ...ofEgresses];
}

function providerDidWell({ provider, family, bucket }: AttemptPlace): GoodNews[] {
  return well(providerCircuit(provider), bucketCircuit(provider, family, bucket));
}

function egressDidWell(egress: string, { family }: AttemptPlace): GoodNews[] {
  return well(egressCircuit(egress), egressFamilyCircuit(egress, family));
}

/** An attempt counts once for its provider, by the error that it ended with. */
function providerFailed(
  error: ProviderError,
  requestId: string,
  place: AttemptPlace,
  { config, now, nextDay }: PolicyContext,
): BadNews[] {
  const cooling = coolingOf(error, place, config);
  const whole = providerCircuit(place.provider);
  const bucket = bucketCircuit(place.provider, place.family, place.bucket);
  switch (cooling?.scope) {
    case 'whole_provider':
      return [{ circuit: whole, reason: error.code, opens: 'at_once', cooldown: shutOff(error, now, nextDay) }];
    case 'egress_then_bucket':
      return news(error, cooling, [whole, 'as_probe'], [bucket, 'as_probe']);
    case 'bucket': {
      const { counted } = cooling;
      if (!counted) return news(error, cooling, [whole, 'as_probe'], [bucket, 'at_once']);
      const tally = { of: counted.kind, member: requestId, needed: counted.jobs, withinMs: COUNTED_WITHIN_MS };
      return news(error, cooling, [whole, 'as_probe'], [bucket, 'as_probe'], [bucket, tally]);
    }
    default:
      return [];
  }
}

function egressFailed(error: ProviderError, egress: string, place: AttemptPlace, { config }: PolicyContext): BadNews[] {
  if (error.reportedBy === 'api') return [];
  const cooling = coolingOf(error, place, config);
  const whole = egressCircuit(egress);
  const family = egressFamilyCircuit(egress, place.family);
  switch (cooling?.scope) {
    case 'whole_egress':
      return news(error, cooling, [whole, 'at_once'], [family, 'as_probe']);
    case 'egress':
      return news(error, cooling, [family, 'at_once'], [whole, 'as_probe']);
    case 'egress_then_bucket': {
      const bucket = bucketCircuit(place.provider, place.family, place.bucket);
      const tally = {
        of: error.code,
        member: egress,
        needed: EGRESSES_THAT_BLAME_THE_PROVIDER,
        withinMs: SAME_REFUSAL_WITHIN_MS,
      };
      return news(error, cooling, [family, 'at_once'], [whole, 'as_probe'], [bucket, tally]);
    }
    case 'bucket':
      // A provider that stumbled over an answer has got one: its way out is good.
      return error.class === 'PROVIDER_BUG' ? [] : news(error, cooling, [family, 'as_probe'], [whole, 'as_probe']);
    default:
      return [];
  }
}

function well(...circuits: string[]): GoodNews[] {
  return circuits.map((circuit) => ({ circuit, well: true }));
}

function news(
  { code, retryAfterSec = 0 }: ProviderError,
  { firstMin }: Cooling,
  ...circuits: [circuit: string, opens: BadNews['opens']][]
): BadNews[] {
  const cooldown = {
    firstMs: firstMin * MINUTE_MS,
    retryAfterMs: Math.min(retryAfterSec, MOST_RETRY_AFTER_SEC) * 1_000,
  };
  return circuits.map(([circuit, opens]) => ({ circuit, reason: code, opens, cooldown }));
}

/** A key that is refused stays so until somebody does something; a quota fills up by itself. */
function shutOff({ code, retryAfterSec }: ProviderError, now: Date, nextDay: Date): Cooldown {
  if (code !== 'QUOTA') return { untilMs: UNTIL_CLOSED };
  if (retryAfterSec === undefined) return { untilMs: nextDay.getTime() };
  return { untilMs: now.getTime() + retryAfterSec * 1_000 };
}
