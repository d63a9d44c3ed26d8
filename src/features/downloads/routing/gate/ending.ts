import type { ProviderError } from '../../errors/provider-error.js';

/** How an attempt that was granted has ended. */
export interface Ending {
  requestId: string;
  /** `passed_over`: the link was nothing for the provider; it counts for nothing. */
  outcome: 'succeeded' | 'failed' | 'cancelled' | 'passed_over';
  error?: ProviderError;
  /** Every way out that was tried, in order; null: it went well. */
  tries: { egress: string; error: ProviderError | null }[];
  /** What it has cost in the end, in millionths of a dollar. */
  costMicroUsd: number;
}
