import { PLATFORMS, type Platform } from '../links/media-link.js';
import { familyOf } from '../routing/family.js';
import type { DurationBucket } from '../routing/duration-bucket.js';
import type { Family } from '../routing/gate/gate-question.js';
import { route, type Candidate, type Rule } from '../routing/route.js';

/** Where buckets begin; rules may begin elsewhere. */
const DURATIONS = [0, 300, 1_800];

interface Question {
  rules: readonly Rule[];
  candidates: readonly Candidate[];
  /** Whether a provider that could serve the platform can be asked at the moment. */
  isFree: (provider: string, family: Family, bucket: DurationBucket) => boolean;
}

/**
 * Platforms that some rule leads to, and whether nobody can serve them: neither in any of their forms (Shorts are YouTube)
 * nor in any length.
 */
export function outages({ rules, candidates, isFree }: Question): Map<Family, boolean> {
  const found = new Map<Family, boolean>();
  for (const platform of PLATFORMS) {
    const family = familyOf(platform);
    for (const durationSec of durationsOf(rules, platform)) {
      const { chain, bucket } = route({ platform, durationSec }, rules, candidates);
      if (chain.length === 0) continue;
      const works = chain.some(({ provider, verdict }) => verdict === 'take' && isFree(provider, family, bucket));
      found.set(family, !works && (found.get(family) ?? true));
    }
  }
  return found;
}

/** One of each length between which the way does not change. */
function durationsOf(rules: readonly Rule[], platform: Platform): number[] {
  const own = rules.filter((rule) => rule.platform === null || rule.platform === platform);
  const bounds = own.flatMap(({ durationMinSec, durationMaxSec }) => [durationMinSec ?? 0, durationMaxSec ?? 0]);
  return [...new Set([...DURATIONS, ...bounds])];
}
