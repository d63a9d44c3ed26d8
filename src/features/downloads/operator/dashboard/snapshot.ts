import { spentToday, quotaUse } from '../../health/budget.js';
import { circuitsOf } from '../../health/closed-ways.js';
import { waysOf } from '../../health/ways-of.js';
import type { DurationBucket } from '../../routing/duration-bucket.js';
import type { Circuit } from '../../routing/gate/circuits.js';
import type { Family } from '../../routing/gate/gate-question.js';
import { microUsd } from '../../routing/micro-usd.js';
import type { RoutedProvider } from '../../routing/routing-table.js';
import { usd } from '../usd.js';
import type { CooldownDto, DashboardDto, HourDto, ProviderTileDto, TotalsDto } from './dashboard.dto.js';
import type { AttemptCounts, RecentError, RequestCounts } from './dashboard.repository.js';

/** What the dashboard is made of. */
export interface DashboardFacts {
  /** Beginnings of the hours that are counted. */
  hours: Date[];
  providers: RoutedProvider[];
  circuits: Circuit[];
  requests: RequestCounts[];
  attempts: AttemptCounts[];
  recentErrors: RecentError[];
}

type Tile = Omit<ProviderTileDto, 'cooldownLeftSec'>;
type Cooldown = Omit<CooldownDto, 'leftSec'>;

/** The dashboard without the times that run by themselves: it changes only when something has happened. */
export type Snapshot = Omit<DashboardDto, 'at' | 'providers' | 'cooldowns'> & {
  providers: Tile[];
  cooldowns: Cooldown[];
};

export function snapshotOf(facts: DashboardFacts, now: Date): Snapshot {
  return {
    providers: facts.providers.map((provider) => tileOf(provider, facts.circuits, now)),
    downloadsPerHour: facts.hours.map((hour) => hourOf(hour, facts.requests)),
    totals: totalsOf(facts),
    errorsByPlatform: facts.attempts.flatMap(({ platform, attempts, errors }) =>
      platform === null ? [] : [{ platform, attempts, errors }],
    ),
    cooldowns: facts.circuits.map(cooldownOf),
    recentErrors: facts.recentErrors.map(({ at, ...error }) => ({ ...error, at: at.toISOString() })),
  };
}

/** The dashboard as it is at this moment. */
export function dashboardAt(now: Date, { providers, cooldowns, ...rest }: Snapshot): DashboardDto {
  const left = new Map(cooldowns.map(({ key, until }) => [key, secondsUntil(until, now)]));
  return {
    at: now.toISOString(),
    providers: providers.map((tile) => ({
      ...tile,
      cooldownLeftSec: longest(tile.cooldowns.map((key) => left.get(key))),
    })),
    cooldowns: cooldowns.map((cooldown) => ({ ...cooldown, leftSec: secondsUntil(cooldown.until, now) })),
    ...rest,
  };
}

function tileOf(provider: RoutedProvider, circuits: readonly Circuit[], now: Date): Tile {
  const { row, notReady } = provider;
  const own = new Set(circuitsOf(waysOf(provider)));
  return {
    name: row.name,
    providerType: row.providerType,
    isActive: row.isActive,
    healthStatus: row.healthStatus,
    notReady,
    avgSpeedBytesPerSec: row.avgSpeedBytesPerSec,
    errorCount1h: row.errorCount1h,
    successRate24h: row.successRate24h,
    lastSuccessAt: row.lastSuccessAt?.toISOString() ?? null,
    lastErrorAt: row.lastErrorAt?.toISOString() ?? null,
    cooldowns: circuits.filter(({ key }) => own.has(key)).map(({ key }) => key),
    budget: budgetOf(row, now),
  };
}

function budgetOf(row: RoutedProvider['row'], now: Date): Tile['budget'] {
  const { dailyBudgetUsd, costPerDownloadUsd } = row;
  const quota = quotaUse(row);
  if (dailyBudgetUsd === null && quota === null && microUsd(costPerDownloadUsd) === 0) return null;
  const spent = spentToday(row, now);
  const budget = dailyBudgetUsd === null ? null : microUsd(dailyBudgetUsd);
  return {
    spentUsd: usd(spent),
    budgetUsd: dailyBudgetUsd === null ? null : usd(dailyBudgetUsd),
    usedShare: budget ? microUsd(spent) / budget : null,
    quotaUsed: quota?.used ?? null,
    quotaLimit: quota?.limit ?? null,
  };
}

function hourOf(hour: Date, counts: readonly RequestCounts[]): HourDto {
  const counted = counts.find((each) => each.hour?.getTime() === hour.getTime());
  const { requests = 0, delivered = 0, failed = 0 } = counted ?? {};
  return { hour: hour.toISOString(), requests, delivered, failed };
}

function totalsOf({ requests, attempts }: DashboardFacts): TotalsDto {
  const asked = requests.find(({ hour }) => hour === null);
  const tried = attempts.find(({ platform }) => platform === null);
  return {
    requests: asked?.requests ?? 0,
    delivered: asked?.delivered ?? 0,
    failed: asked?.failed ?? 0,
    successRate: asked?.successRate ?? null,
    avgSpeedBytesPerSec: tried?.avgSpeedBytesPerSec ?? null,
    avgTimeMs: asked?.avgTimeMs ?? null,
  };
}

function cooldownOf({ key, state, openUntil, level, reason }: Circuit): Cooldown {
  const [kind, name = null, platform = null, durationBucket = null] = key.split(':');
  return {
    key,
    provider: kind === 'p' ? name : null,
    egress: kind === 'e' ? name : null,
    platform: platform as Family | null,
    durationBucket: durationBucket as DurationBucket | null,
    state,
    until: openUntil?.toISOString() ?? null,
    level,
    reason,
  };
}

/** null: nobody knows when. */
function secondsUntil(until: string | null, now: Date): number | null {
  return until === null ? null : Math.max(0, Math.ceil((Date.parse(until) - now.getTime()) / 1_000));
}

/** null when there is none, or one without an end. */
function longest(seconds: (number | null | undefined)[]): number | null {
  const known = seconds.filter((each) => each !== null && each !== undefined);
  return known.length === 0 || known.length < seconds.length ? null : Math.max(...known);
}
