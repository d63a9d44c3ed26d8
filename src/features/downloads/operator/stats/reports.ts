import { usd } from '../usd.js';
import type { CostsDto } from './costs.dto.js';
import type { CostRow } from './costs.repository.js';
import type { FallbackDto, FiguresDto, OpenCircuitsDto, PerformanceDto } from './performance.dto.js';
import type { FallbackRow, FiguresRow } from './performance.repository.js';
import type { Period } from './period.js';

const NO_FALLBACK: FallbackDto = { avgFallbackMs: null, avgHandoverMs: null };
const NOTHING = '0';

interface Facts {
  figures: readonly FiguresRow[];
  fallback: readonly FallbackRow[];
  openCircuits: OpenCircuitsDto[];
}

/** Sorts rows by what they are grouped by. */
export function performanceFrom({ from, to }: Period, { figures, fallback, openCircuits }: Facts): PerformanceDto {
  const fallbackOf = (platform: string | null): FallbackDto => {
    const { avgFallbackMs, avgHandoverMs } = fallback.find((row) => row.platform === platform) ?? NO_FALLBACK;
    return { avgFallbackMs, avgHandoverMs };
  };
  const total = totalOf(figures, ({ platform, provider, durationBucket }) => platform ?? provider ?? durationBucket);
  const report: PerformanceDto = {
    from: from.toISOString(),
    to: to.toISOString(),
    total: { ...figuresOf(total), fallback: fallbackOf(null) },
    byPlatform: [],
    byProvider: [],
    byBucket: [],
    byProviderAndPlatform: [],
    detailed: [],
    openCircuits,
  };
  for (const { platform, provider, durationBucket, ...figuresOfGroup } of figures) {
    const row = readable(figuresOfGroup);
    if (platform && provider && durationBucket) report.detailed.push({ provider, platform, durationBucket, ...row });
    else if (platform && provider) report.byProviderAndPlatform.push({ provider, platform, ...row });
    else if (platform) report.byPlatform.push({ platform, ...row, fallback: fallbackOf(platform) });
    else if (provider) report.byProvider.push({ provider, ...row });
    else if (durationBucket) report.byBucket.push({ durationBucket, ...row });
  }
  return report;
}

export function costsFrom(
  rows: readonly CostRow[],
  month: readonly { provider: string | null; costUsd: string }[],
): CostsDto {
  const monthUsd = (provider: string | null) => usd(month.find((row) => row.provider === provider)?.costUsd ?? NOTHING);
  const { day, provider, ...total } = totalOf(rows, (row) => row.provider);
  const report: CostsDto = {
    days: [],
    providers: [],
    total: { ...readable(total), monthUsd: monthUsd(null) },
  };
  for (const { day, provider, ...costs } of rows) {
    const row = readable(costs);
    if (provider !== null && day !== null) report.days.push({ day, provider, ...row });
    else if (provider !== null) report.providers.push({ provider, ...row, monthUsd: monthUsd(provider) });
  }
  return report;
}

/** The row of all groups together: an aggregate over nothing has it, too. */
function totalOf<Row>(rows: readonly Row[], groupOf: (row: Row) => unknown): Row {
  const total = rows.find((row) => groupOf(row) === null);
  if (!total) throw new Error('An aggregate came without its total');
  return total;
}

function figuresOf({ platform, provider, durationBucket, ...figures }: FiguresRow): Pick<FiguresDto, keyof FiguresDto> {
  return readable(figures);
}

/** Its money as people read it. */
function readable<T extends { costUsd: string; costPerSuccessUsd: string | null }>(row: T): T {
  const { costUsd, costPerSuccessUsd } = row;
  return { ...row, costUsd: usd(costUsd), costPerSuccessUsd: costPerSuccessUsd && usd(costPerSuccessUsd) };
}
