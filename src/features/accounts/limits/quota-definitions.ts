import type { QuotaLimits } from './limits.js';

/** What can be used up. */
export type QuotaName = 'recordings' | 'storage' | 'tasks' | 'automationJobs';

interface QuotaDefinition {
  limit: keyof QuotaLimits;
  /** Whether it begins anew each calendar month in UTC. */
  monthly: boolean;
  /** Whether its owner is told when nothing is left. Where others merely wait for their turn, he is not. */
  told: boolean;
}

export const QUOTAS: Record<QuotaName, QuotaDefinition> = {
  recordings: { limit: 'maxRecordingsPerMonth', monthly: true, told: true },
  storage: { limit: 'maxStorageBytes', monthly: false, told: true },
  tasks: { limit: 'maxConcurrentTasks', monthly: false, told: false },
  automationJobs: { limit: 'maxAutomationJobs', monthly: false, told: true },
};

/** The `period` of a quota's row: `2026-11`, or empty. */
export function periodOf(quota: QuotaName, at: Date): string {
  return QUOTAS[quota].monthly ? monthOf(at) : '';
}

/** `2026-11`, in UTC. */
export function monthOf(at: Date): string {
  return at.toISOString().slice(0, 'yyyy-mm'.length);
}

/** What an owner is told of once: `quota:recordings:2026-11`, or of those without a month `quota:storage:2026-11-05`. */
export function noticeKey(quota: QuotaName, at: Date): string {
  const period = QUOTAS[quota].monthly ? monthOf(at) : at.toISOString().slice(0, 'yyyy-mm-dd'.length);
  return `quota:${quota}:${period}`;
}
