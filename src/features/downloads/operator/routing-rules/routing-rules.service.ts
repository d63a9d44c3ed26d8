import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../../platform/auth/principal.js';
import type { RoutingRule } from '../../routing/routing-rule.entity.js';
import { Changes } from '../changes.js';
import {
  emptyChain,
  emptyDurationRange,
  incompleteOrder,
  repeatedProvider,
  ruleNotFound,
  unknownProviders,
} from '../operator.errors.js';
import { ProvidersRepository } from '../providers/providers.repository.js';
import type {
  CreateRoutingRuleDto,
  ExperimentDto,
  RoutingRulesQuery,
  UpdateRoutingRuleDto,
} from './routing-rule.dto.js';
import { RoutingRulesRepository } from './routing-rules.repository.js';

type CheckedRule = Pick<CreateRoutingRuleDto, 'durationMinSec' | 'durationMaxSec' | 'providerChain'>;

@Injectable()
export class RoutingRulesService {
  constructor(
    private readonly rules: RoutingRulesRepository,
    private readonly providers: ProvidersRepository,
    private readonly changes: Changes,
  ) {}

  page(query: RoutingRulesQuery): Promise<[RoutingRule[], number]> {
    return this.rules.page(query);
  }

  async get(id: string): Promise<RoutingRule> {
    const rule = await this.rules.find(id);
    if (!rule) throw ruleNotFound();
    return rule;
  }

  async create(by: Principal, settings: CreateRoutingRuleDto): Promise<RoutingRule> {
    return this.changes.make(by, async () => {
      await this.check(settings, settings.experiment);
      const { priority = await this.rules.lastPriority(), ...rest } = settings;
      const after = await this.rules.get(await this.rules.insert({ ...rest, priority }));
      return { action: 'routing_rule.created', subject: subjectOf(after), before: null, after };
    });
  }

  async update(by: Principal, id: string, settings: UpdateRoutingRuleDto): Promise<RoutingRule> {
    return this.changes.make(by, async () => {
      const before = await this.get(id);
      await this.rules.update(id, settings);
      const after = await this.rules.get(id);
      // What is refused is rolled back.
      await this.check(after, settings.experiment);
      return { action: 'routing_rule.updated', subject: subjectOf(after), before, after };
    });
  }

  async delete(by: Principal, id: string): Promise<void> {
    await this.changes.make(by, async () => {
      const before = await this.get(id);
      await this.rules.delete(id);
      return { action: 'routing_rule.deleted', subject: subjectOf(before), before, after: null };
    });
  }

  /** @throws DomainError `routing.incomplete_order` unless every rule is in `ids` exactly once */
  async reorder(by: Principal, ids: readonly string[]): Promise<void> {
    await this.changes.make(by, async () => {
      const before = await this.rules.order();
      if (ids.length !== before.length || before.some((id) => !ids.includes(id))) throw incompleteOrder();
      await this.rules.reorder(ids);
      return { action: 'routing_rules.ordered', subject: 'routing_rules', before: { ids: before }, after: { ids } };
    });
  }

  private async check(
    { durationMinSec, durationMaxSec, providerChain }: CheckedRule,
    experiment?: ExperimentDto | null,
  ): Promise<void> {
    if ((durationMinSec ?? 0) >= (durationMaxSec ?? Infinity)) throw emptyDurationRange();
    await this.checkChain(providerChain);
    if (experiment) await this.checkChain(experiment.chain);
  }

  private async checkChain(chain: readonly string[]): Promise<void> {
    if (chain.length === 0) throw emptyChain();
    if (new Set(chain).size < chain.length) throw repeatedProvider();
    const unknown = await this.providers.unknown(chain);
    if (unknown.length > 0) throw unknownProviders(unknown);
  }
}

const subjectOf = ({ id }: { id: string }) => `routing_rule:${id}`;
