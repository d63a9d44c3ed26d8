import type { DownloadProvider } from '../routing/download-provider.entity.js';
import { microUsd } from '../routing/micro-usd.js';

const WARN_ABOVE = 0.8;

type Budgeted = Pick<
  DownloadProvider,
  'dailySpentUsd' | 'dailyBudgetUsd' | 'budgetResetAt' | 'costPerDownloadUsd' | 'autoDisableOverBudget'
>;

/** Dollars of the operator's day that is going on. */
export function spentToday({ dailySpentUsd, budgetResetAt }: Budgeted, now: Date): string {
  return budgetResetAt !== null && budgetResetAt > now ? dailySpentUsd : '0';
}

/** Whether a warning is due: something is left, but little. */
export function isBudgetLow(provider: Budgeted, now: Date): boolean {
  const { dailyBudgetUsd } = provider;
  return dailyBudgetUsd !== null && microUsd(spentToday(provider, now)) > microUsd(dailyBudgetUsd) * WARN_ABOVE;
}

/** Whether not even the cheapest download can be paid any more today. */
export function isOverBudget(provider: Budgeted, now: Date): boolean {
  const { dailyBudgetUsd, autoDisableOverBudget, costPerDownloadUsd } = provider;
  if (dailyBudgetUsd === null || !autoDisableOverBudget) return false;
  return microUsd(spentToday(provider, now)) + microUsd(costPerDownloadUsd) > microUsd(dailyBudgetUsd);
}

export interface QuotaUse {
  used: number;
  limit: number;
}

/** Units of the month that are used, where a subscription includes a number of them. */
export function quotaUse({ options, quota }: Pick<DownloadProvider, 'options' | 'quota'>): QuotaUse | null {
  const limit = options.quotaMonthUnits ?? null;
  if (limit === null || quota === null) return null;
  return { used: Math.max(0, limit - quota.remaining), limit };
}

export function isQuotaLow({ used, limit }: QuotaUse): boolean {
  return used > limit * WARN_ABOVE;
}
