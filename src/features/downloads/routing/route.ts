import type { Platform } from '../links/media-link.js';
import { UNKNOWN_COUNTS_AS_SEC, bucketOf, type DurationBucket } from './duration-bucket.js';
import type { Denial } from './gate/gate-question.js';

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

const MIB = 1_048_576;

/** What is so of a provider whatever the moment: its row, and whether it can work here. */
export interface Candidate {
  name: string;
  isActive: boolean;
  /** Why it cannot work on this machine; null: it can. */
  notReady: string | null;
  supports(platform: Platform): boolean;
  /** null: any length. */
  maxDurationSec: number | null;
}

/** The gate knows the others: circuits, budgets, rate limits and slots. */
type StandingReason = 'ok' | 'inactive' | 'config' | 'unsupported' | 'not_found';
export type VerdictReason = StandingReason | Denial;

interface Judgement {
  reason: StandingReason;
  detail?: string;
}

export interface Verdict {
  provider: string;
  /** From 1. */
  position: number;
  verdict: 'take' | 'skip';
  reason: VerdictReason;
  /** When it is worth asking again, where that is known. */
  until?: Date;
  detail?: string;
}

export interface Route {
  rule: Rule | null;
  bucket: DurationBucket;
  chain: Verdict[];
}

export interface RouteQuestion {
  platform: Platform;
  /** null counts as medium. */
  durationSec: number | null;
  /** Of the smallest that could be taken. A limit of the rule, no part of the match. */
  fileSizeBytes?: number;
}

/**
 * Which rule holds for a medium, and which providers of its chain might be tried, in the operator's order. Every one
 * that is passed over is there with its reason.
 */
export function route(question: RouteQuestion, rules: readonly Rule[], candidates: readonly Candidate[]): Route {
  const bucket = bucketOf(question.durationSec);
  const rule = ruleFor(question, rules);
  const chain = (rule?.providerChain ?? []).map((name, index): Verdict => {
    const candidate = candidates.find((each) => each.name === name);
    const { reason, detail } = tooLarge(question, rule) ?? judge(question, candidate);
    return { provider: name, position: index + 1, verdict: reason === 'ok' ? 'take' : 'skip', reason, detail };
  });
  return { rule, bucket, chain };
}

function ruleFor({ platform, durationSec }: RouteQuestion, rules: readonly Rule[]): Rule | null {
  const seconds = durationSec ?? UNKNOWN_COUNTS_AS_SEC;
  const matching = rules.filter(
    (rule) =>
      rule.isActive &&
      (rule.platform === null || rule.platform === platform) &&
      (rule.durationMinSec ?? 0) <= seconds &&
      seconds < (rule.durationMaxSec ?? Infinity),
  );
  return matching.sort((a, b) => a.priority - b.priority)[0] ?? null;
}

function tooLarge({ fileSizeBytes }: RouteQuestion, rule: Rule | null): Judgement | null {
  const maxMb = rule?.fileSizeMaxMb ?? Infinity;
  if (fileSizeBytes === undefined || fileSizeBytes <= maxMb * MIB) return null;
  return { reason: 'unsupported', detail: `The rule takes ${maxMb} MB at most` };
}

function judge({ platform, durationSec }: RouteQuestion, candidate: Candidate | undefined): Judgement {
  if (!candidate) return { reason: 'not_found' };
  if (!candidate.isActive) return { reason: 'inactive' };
  if (candidate.notReady !== null) return { reason: 'config', detail: candidate.notReady };
  if (!candidate.supports(platform)) return { reason: 'unsupported' };
  if (durationSec !== null && durationSec > (candidate.maxDurationSec ?? Infinity)) {
    return { reason: 'unsupported', detail: `It takes ${candidate.maxDurationSec} s at most` };
  }
  return { reason: 'ok' };
}
