import type { DurationBucket } from '../duration-bucket.js';

/** `youtube_shorts` counts as `youtube`: they live on the same machines. */
export type Family = 'youtube' | 'instagram' | 'tiktok' | 'pinterest' | 'direct';

/** A provider that might be taken, as far as its row and its adapter decide; the gate decides the rest. */
export interface GateCandidate {
  provider: string;
  /** Ways out, in the operator's order; one at least. */
  egresses: string[];
  /** False for APIs, which reach the platform from elsewhere, and for `direct`, where any host may be behind a link. */
  obeysEgressCircuits: boolean;
  slot: { key: string; limit: number };
  /** null: no limit. */
  ratePerMin: number | null;
  /** Set aside when it is taken, in millionths of a dollar. */
  costMicroUsd: number;
  /** Not to be passed; null: none, or one that is only watched. */
  budgetMicroUsd: number | null;
}

export interface GateQuestion {
  family: Family;
  bucket: DurationBucket;
  /** In the order of the chain. */
  candidates: GateCandidate[];
}

export type Denial = 'circuit_open' | 'probe_running' | 'over_budget' | 'rate_limited' | 'no_slot';

/** What the gate says of a candidate. */
export interface GateVerdict {
  provider: string;
  reason: 'ok' | Denial;
  /** When it is worth asking again, where that is known. */
  until: Date | null;
  /** E.g. the key of the circuit. */
  detail: string | null;
}

/** What an attempt was given and must give back by `settle`. JSON: a resting attempt keeps it in its row. */
export interface Grant {
  /** The attempt. */
  owner: string;
  provider: string;
  family: Family;
  bucket: DurationBucket;
  /** Those that are usable, in the order to try them. */
  egresses: string[];
  /** How many the provider has, usable or not. */
  egressCount: number;
  slotKey: string;
  costMicroUsd: number;
  /** Keys of the circuits whose one probe this attempt is. */
  probes: string[];
  /** The operator's day that its cost belongs to, as `2026-11-20`. */
  day: string;
}

export interface GateDecision {
  /** One for each candidate, in their order. */
  verdicts: GateVerdict[];
  /** null: nobody was free, or nobody was to be taken. */
  grant: Grant | null;
}
