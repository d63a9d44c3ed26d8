import type { AlertCause, AlertDefinition } from '../../ops/index.js';
import { usd } from '../operator/usd.js';
import type { ErrorCode } from '../errors/error-codes.js';
import type { Family } from '../routing/gate/gate-question.js';
import type { DownloadProvider } from '../routing/download-provider.entity.js';
import { allProvidersDown, budgetWarning, providerBug, providerConfig, providerDown, quotaWarning } from './alerts.js';
import { isBudgetLow, isQuotaLow, quotaUse, spentToday } from './budget.js';
import { errorRate, type ProviderHealth, type Score } from './judge-health.js';

/** What may be told, and whether it has to be. */
export interface Alarm {
  alert: AlertDefinition;
  subject: string;
  /** null: all is well. */
  params: AlertCause['params'] | null;
}

export interface WatchedProvider {
  row: Pick<
    DownloadProvider,
    | 'name'
    | 'isActive'
    | 'lastSuccessAt'
    | 'dailySpentUsd'
    | 'dailyBudgetUsd'
    | 'budgetResetAt'
    | 'costPerDownloadUsd'
    | 'autoDisableOverBudget'
    | 'options'
    | 'quota'
  >;
  notReady: string | null;
  hasKey: boolean;
  score: Score;
  health: ProviderHealth;
  /** The error that has shut it off. */
  shutOffBy: ErrorCode | null;
  /** The error of its own making that has closed a way to it. */
  bug: ErrorCode | null;
}

/** A provider that the operator has switched off has nothing to tell. */
export function alarmsOfProvider(watched: WatchedProvider, now: Date): Alarm[] {
  const { row } = watched;
  const about = (alert: AlertDefinition, params: AlertCause['params'] | null): Alarm => ({
    alert,
    subject: row.name,
    params: row.isActive && params ? { provider: row.name, ...params } : null,
  });
  return [
    about(providerDown, downParams(watched)),
    about(providerConfig, configParams(watched)),
    about(providerBug, watched.bug === null ? null : { code: watched.bug }),
    about(budgetWarning, budgetParams(watched, now)),
    about(quotaWarning, quotaParams(watched)),
  ];
}

export function alarmOfPlatform(family: Family, isOut: boolean): Alarm {
  return { alert: allProvidersDown, subject: family, params: isOut ? { platform: family } : null };
}

function downParams({ health, score }: WatchedProvider): AlertCause['params'] | null {
  const isDown = health.troubles.some((trouble) => trouble !== 'not_ready');
  return isDown ? { errorRate: Math.round(errorRate(score) * 100) } : null;
}

/** One that has neither a key nor ever worked is not missed: it waits to be set up. */
function configParams({ row, hasKey, notReady, shutOffBy }: WatchedProvider): AlertCause['params'] | null {
  const isMissed = hasKey || row.lastSuccessAt !== null;
  const reason = shutOffBy ?? (isMissed ? notReady : null);
  return reason === null ? null : { reason };
}

function budgetParams({ row }: WatchedProvider, now: Date): AlertCause['params'] | null {
  if (row.dailyBudgetUsd === null || !isBudgetLow(row, now)) return null;
  return { spent: usd(spentToday(row, now)), budget: usd(row.dailyBudgetUsd) };
}

function quotaParams({ row }: WatchedProvider): AlertCause['params'] | null {
  const use = quotaUse(row);
  return use && isQuotaLow(use) ? { used: use.used, limit: use.limit } : null;
}
