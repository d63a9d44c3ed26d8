import type { HealthStatus } from '../routing/download-provider.entity.js';
import type { ClosedWays, ProviderWays } from './closed-ways.js';

const DEGRADED_FROM = 0.1;
const DOWN_ABOVE = 0.5;
/** Fewer attempts prove nothing. */
const DOWN_FROM_ATTEMPTS = 5;

/** Attempts of the last hour; without those that failed by their content or by us, and those that were cancelled. */
export interface Score {
  attempts: number;
  errors: number;
}

/**
 * Why a provider is down: most of its attempts fail, nothing of some platform can be asked of it, it is shut off until a
 * test passes, or it cannot work on this machine.
 */
export type Trouble = 'errors' | 'circuits' | 'shut_off' | 'not_ready';

export interface ProviderHealth {
  status: HealthStatus;
  /** Empty unless it is down. */
  troubles: Trouble[];
}

export function judgeHealth(
  provider: ProviderWays & { notReady: string | null },
  score: Score,
  ways: ClosedWays,
): ProviderHealth {
  const troubles: Trouble[] = [];
  if (score.attempts >= DOWN_FROM_ATTEMPTS && errorRate(score) > DOWN_ABOVE) troubles.push('errors');
  if (ways.shutOffBy(provider) !== null) troubles.push('shut_off');
  else if (provider.families.some((family) => ways.isFamilyClosed(provider, family))) troubles.push('circuits');
  if (provider.notReady !== null) troubles.push('not_ready');
  if (troubles.length > 0) return { status: 'down', troubles };
  const isDegraded = errorRate(score) >= DEGRADED_FROM || ways.touches(provider);
  return { status: isDegraded ? 'degraded' : 'healthy', troubles };
}

/** From 0 to 1. */
export function errorRate({ attempts, errors }: Score): number {
  return attempts === 0 ? 0 : errors / attempts;
}
