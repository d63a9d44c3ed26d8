import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { Every } from '../../../platform/queue/every.js';
import { Alerts } from '../../ops/index.js';
import { downloadsConfig, type DownloadsConfig } from '../downloads.config.js';
import { Circuits } from '../routing/gate/circuits.js';
import type { DurationBucket } from '../routing/duration-bucket.js';
import type { Family } from '../routing/gate/gate-question.js';
import type { RoutingRule } from '../routing/routing-rule.entity.js';
import { RoutingTable, type RoutedProvider } from '../routing/routing-table.js';
import { alarmOfPlatform, alarmsOfProvider, type Alarm, type WatchedProvider } from './alarms.js';
import { isOverBudget } from './budget.js';
import { ClosedWays } from './closed-ways.js';
import { HealthRepository, NOTHING_TRIED, type ProviderScore } from './health.repository.js';
import { judgeHealth } from './judge-health.js';
import { outages } from './outages.js';
import { waysOf } from './ways-of.js';

/** Looks at what providers have done lately, writes it to their rows, and tells the operator what needs him. */
@Injectable()
export class HealthWatch {
  constructor(
    @Inject(downloadsConfig.key) private readonly config: DownloadsConfig,
    private readonly table: RoutingTable,
    private readonly circuits: Circuits,
    private readonly health: HealthRepository,
    private readonly alerts: Alerts,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Every({ name: 'downloads.health', everyMs: 10_000 })
  async look(): Promise<void> {
    const now = this.clock.now();
    const [{ rules, providers }, circuits, scores] = await Promise.all([
      this.table.read(),
      this.circuits.list(),
      this.health.scores(now),
    ]);
    const table = { rules, providers: [...providers.values()] };
    const ways = new ClosedWays(circuits);
    const seen = table.providers.map((provider) => watch(provider, scores, ways));
    await this.health.write(
      seen.map(({ row, health, score }) => ({ name: row.name, status: health.status, ...score })),
    );
    // Nothing has worked yet where only a cooldown is over: that is no reason to say that all is well.
    const doubtful = new ClosedWays(circuits.map((circuit) => ({ ...circuit, state: 'open' as const })));
    const unsure = table.providers.map((provider) => watch(provider, scores, doubtful));
    await this.sound(this.alarms(table, seen, ways, now), this.alarms(table, unsure, doubtful, now));
  }

  private alarms(
    { rules, providers }: { rules: RoutingRule[]; providers: RoutedProvider[] },
    seen: WatchedProvider[],
    ways: ClosedWays,
    now: Date,
  ): Alarm[] {
    const isFree = (name: string, family: Family, bucket: DurationBucket) => {
      const provider = providers.find((each) => each.name === name);
      return !!provider && !isOverBudget(provider.row, now) && !ways.isClosed(waysOf(provider), family, bucket);
    };
    const out = outages({ rules, candidates: providers, isFree });
    if (!this.config.directEnabled) out.delete('direct');
    return [
      ...seen.flatMap((provider) => alarmsOfProvider(provider, now)),
      ...[...out].map(([family, isOut]) => alarmOfPlatform(family, isOut)),
    ];
  }

  /**
   * What is well is said each time, too: whoever looked before may have been another process.
   * @param doubtful the same, as long as nothing has worked since
   */
  private async sound(alarms: Alarm[], doubtful: Alarm[]): Promise<void> {
    const isDoubtful = new Set(
      doubtful.filter(({ params }) => params).map(({ alert, subject }) => `${alert.name} ${subject}`),
    );
    await this.database.transaction(async () => {
      for (const { alert, subject, params } of alarms) {
        if (params) await this.alerts.raise(alert, { subject, params });
        else if (!isDoubtful.has(`${alert.name} ${subject}`)) await this.alerts.resolve(alert, subject);
      }
      for (const alert of new Set(alarms.map((alarm) => alarm.alert))) {
        const subjects = alarms.filter((alarm) => alarm.alert === alert).map(({ subject }) => subject);
        await this.alerts.resolveOthers(alert, new Set(subjects));
      }
    });
  }
}

function watch(
  provider: RoutedProvider,
  scores: ReadonlyMap<string, ProviderScore>,
  ways: ClosedWays,
): WatchedProvider & { score: ProviderScore } {
  const { row, setup, notReady, name } = provider;
  const score = scores.get(name) ?? NOTHING_TRIED;
  return {
    row,
    notReady,
    score,
    hasKey: setup.apiKey !== null,
    health: judgeHealth({ ...waysOf(provider), notReady }, score, ways),
    shutOffBy: ways.shutOffBy(provider),
    bug: ways.openedBy(waysOf(provider), 'PROVIDER_BUG'),
  };
}
