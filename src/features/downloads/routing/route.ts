import type { Platform } from '../links/media-link.js';
import { UNKNOWN_COUNTS_AS_SEC, bucketOf, type DurationBucket } from './duration-bucket.js';

export interface Rule {
  id: string;
  /** null: any. */
  platform: Platform | null;
  /** min ≤ duration < max; null: open. */
  durationMinSec: number | null;
  durationMaxSec: number | null;
  fileSizeMaxMb: number;
  /** Names of providers, the first choice first. */
  providerChain: string[];
  isActive: boolean;
  /** 1 is looked at first. */
  priority: number;
}

/** What is known of a provider at the moment of the decision. */
export interface Candidate {
  name: string;
  isActive: boolean;
  /** Why it cannot work on this machine; null: it can. */
  notReady: string | null;
  supports(platform: Platform): boolean;
}

export type VerdictReason = 'ok' | 'inactive' | 'config' | 'unsupported' | 'not_found';

export interface Verdict {
  provider: string;
  position: number;
  verdict: 'take' | 'skip';
  reason: VerdictReason;
  detail?: string;
}

export interface Decision {
  outcome: 'route' | 'soft_fail' | 'no_rule';
  rule: Rule | null;
  bucket: DurationBucket;
  chain: Verdict[];
}

interface Question {
  platform: Platform;
  durationSec: number | null;
}

/**
 * Which providers to try for a medium, in which order, and why each other one is passed over. The order is the
 * operator's; circuits, budgets, rate limits and slots will be further reasons to skip, in `judge`.
 */
export function route(
  { platform, durationSec }: Question,
  rules: readonly Rule[],
  candidates: readonly Candidate[],
): Decision {
  const bucket = bucketOf(durationSec);
  const rule = ruleFor(platform, durationSec ?? UNKNOWN_COUNTS_AS_SEC, rules);
  if (!rule) return { outcome: 'no_rule', rule: null, bucket, chain: [] };
  const chain = rule.providerChain.map((name, index): Verdict => {
    const reason = judge(
      platform,
      candidates.find((candidate) => candidate.name === name),
    );
    return { provider: name, position: index + 1, verdict: reason.reason === 'ok' ? 'take' : 'skip', ...reason };
  });
  const outcome = chain.some(({ verdict }) => verdict === 'take') ? 'route' : 'soft_fail';
  return { outcome, rule, bucket, chain };
}

function ruleFor(platform: Platform, seconds: number, rules: readonly Rule[]): Rule | null {
  const matching = rules.filter(
    (rule) =>
      rule.isActive &&
      (rule.platform === null || rule.platform === platform) &&
      (rule.durationMinSec ?? 0) <= seconds &&
      seconds < (rule.durationMaxSec ?? Infinity),
  );
  return matching.sort((a, b) => a.priority - b.priority)[0] ?? null;
}

function judge(platform: Platform, candidate: Candidate | undefined): Pick<Verdict, 'reason' | 'detail'> {
  if (!candidate) return { reason: 'not_found' };
  if (!candidate.isActive) return { reason: 'inactive' };
  if (candidate.notReady !== null) return { reason: 'config', detail: candidate.notReady };
  if (!candidate.supports(platform)) return { reason: 'unsupported' };
  return { reason: 'ok' };
}
