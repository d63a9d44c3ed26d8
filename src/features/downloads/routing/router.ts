import { Injectable } from '@nestjs/common';
import { bucketOf, UNKNOWN_COUNTS_AS_SEC, type DurationBucket } from './duration-bucket.js';
import { familyOf } from './family.js';
import { Gate } from './gate/gate.js';
import type { GateCandidate, GateQuestion, GateVerdict, Grant } from './gate/gate-question.js';
import { microUsd } from './micro-usd.js';
import { route, type Route, type RouteQuestion, type Verdict } from './route.js';
import { RoutingTable, type RoutedProvider } from './routing-table.js';

/** Who fails at one length may still know the others; one of unknown length counts as medium. */
const ANY_LENGTH: readonly DurationBucket[] = ['medium', 'shorts', 'long'];

/** A provider that was let through, and why it is its turn. */
export interface Turn {
  provider: RoutedProvider;
  grant: Grant;
  verdicts: Verdict[];
}

/** Every provider of the chain with its reason, and what comes of it. */
export interface Explanation extends Route {
  outcome: 'route' | 'soft_fail' | 'no_rule';
}

/** Asks what is so, lets `route` find the chain, and the gate whose turn it is. */
@Injectable()
export class Router {
  constructor(
    private readonly table: RoutingTable,
    private readonly gate: Gate,
  ) {}

  /** What would be decided now. Takes nothing. */
  async explain(question: RouteQuestion): Promise<Explanation> {
    const { rules, providers } = await this.table.read();
    const plan = route(question, rules, [...providers.values()]);
    const asked = await this.question(question, plan, providers, new Set());
    const verdicts = asked.candidates.length > 0 ? await this.gate.look(asked) : [];
    return withOutcome({ ...plan, chain: judged(plan.chain, verdicts) });
  }

  /**
   * Takes the first provider of the chain that is free, for the attempt `owner`.
   * @param except those that have had their turn
   */
  async take(
    question: RouteQuestion,
    except: ReadonlySet<string>,
    owner: string,
  ): Promise<{ explanation: Explanation; turn: Turn | null }> {
    const { rules, providers } = await this.table.read();
    const plan = route(question, rules, [...providers.values()]);
    const asked = await this.question(question, plan, providers, except);
    if (asked.candidates.length === 0) return { explanation: withOutcome(plan), turn: null };
    const { verdicts, grant } = await this.gate.take(asked, owner);
    const chain = judged(plan.chain, verdicts);
    const provider = grant && providers.get(grant.provider);
    return {
      explanation: withOutcome({ ...plan, chain }),
      turn: provider ? { provider, grant, verdicts: chain } : null,
    };
  }

  /** Takes the first that can say what a link is about without being paid for it. Rules do not matter yet. */
  async takeProber(
    platform: RouteQuestion['platform'],
    except: ReadonlySet<string>,
    owner: string,
  ): Promise<{ provider: RoutedProvider; grant: Grant } | null> {
    const { providers } = await this.table.read();
    const probers = [...providers.values()]
      .filter(({ adapter, row }) => adapter?.probe !== undefined && Number(row.costPerDownloadUsd) === 0)
      .filter((each) => each.isActive && each.notReady === null && each.supports(platform) && !except.has(each.name))
      .sort((a, b) => a.row.priority - b.row.priority);
    const family = familyOf(platform);
    for (const provider of probers) {
      const candidates = [await this.candidate({ platform, durationSec: null }, provider)];
      for (const bucket of ANY_LENGTH) {
        const { grant } = await this.gate.take({ family, bucket, candidates }, owner);
        // Whatever it may be asked for, what it fails at is of unknown length.
        if (grant) return { provider, grant: { ...grant, bucket: bucketOf(null) } };
      }
    }
    return null;
  }

  /** A provider that an attempt goes on with after a rest. */
  async find(name: string): Promise<RoutedProvider | undefined> {
    return (await this.table.read()).providers.get(name);
  }

  private async question(
    question: RouteQuestion,
    { bucket, chain }: Route,
    providers: ReadonlyMap<string, RoutedProvider>,
    except: ReadonlySet<string>,
  ): Promise<GateQuestion> {
    const usable = chain.flatMap(({ provider, verdict }) => {
      const routed = providers.get(provider);
      return verdict === 'take' && routed && !except.has(provider) ? [routed] : [];
    });
    const candidates = await Promise.all(usable.map((provider) => this.candidate(question, provider)));
    return { family: familyOf(question.platform), bucket, candidates };
  }

  private async candidate(
    { platform, durationSec }: RouteQuestion,
    { name, row, adapter, egresses }: RoutedProvider,
  ): Promise<GateCandidate> {
    const family = familyOf(platform);
    const key = `${family}:${name}`;
    const isWatchedOnly = row.dailyBudgetUsd === null || !row.autoDisableOverBudget;
    // One of unknown length may be as long as its bucket allows.
    const factor = adapter?.costFactor?.(durationSec ?? UNKNOWN_COUNTS_AS_SEC) ?? 1;
    return {
      provider: name,
      egresses: [...egresses.keys()],
      obeysEgressCircuits: adapter?.kind === 'local' && family !== 'direct',
      slot: { key, limit: await this.table.slotLimit(key) },
      ratePerMin: row.rateLimitPerMin,
      costMicroUsd: microUsd(row.costPerDownloadUsd) * factor,
      budgetMicroUsd: isWatchedOnly ? null : microUsd(row.dailyBudgetUsd ?? '0'),
    };
  }
}

/** The standing verdicts, with the gate's where it was asked. */
function judged(chain: readonly Verdict[], verdicts: readonly GateVerdict[]): Verdict[] {
  return chain.map((verdict) => {
    const said = verdicts.find(({ provider }) => provider === verdict.provider);
    if (!said) return verdict;
    const { reason, until, detail } = said;
    return {
      ...verdict,
      verdict: reason === 'ok' ? 'take' : 'skip',
      reason,
      until: until ?? undefined,
      detail: detail ?? undefined,
    };
  });
}

function withOutcome(plan: Route): Explanation {
  if (!plan.rule) return { ...plan, outcome: 'no_rule' };
  return { ...plan, outcome: plan.chain.some(({ verdict }) => verdict === 'take') ? 'route' : 'soft_fail' };
}
