import { Injectable } from '@nestjs/common';
import type { QueryDeepPartialEntity } from 'typeorm';
import { Database } from '../../../../platform/database/database.js';
import { narrow } from '../../../../platform/http-server/filters.js';
import { orderOf, pageWindow } from '../../../../platform/http-server/paging.js';
import { RoutingRule } from '../../routing/routing-rule.entity.js';
import type { RoutingRulesQuery } from './routing-rule.dto.js';

type Settings = QueryDeepPartialEntity<RoutingRule>;

/** The operator's side of the table: what routing reads, he lists and changes. */
@Injectable()
export class RoutingRulesRepository {
  constructor(private readonly database: Database) {}

  page(query: RoutingRulesQuery): Promise<[RoutingRule[], number]> {
    const { platform, isActive } = query;
    const { field, direction } = orderOf(query.sort);
    const { skip, take } = pageWindow(query);
    const all = this.rows.createQueryBuilder('r').orderBy(`r.${field}`, direction).addOrderBy('r.id');
    return narrow(all.skip(skip).take(take), { platform, isActive }, {}).getManyAndCount();
  }

  find(id: string): Promise<RoutingRule | null> {
    return this.rows.findOneBy({ id });
  }

  get(id: string): Promise<RoutingRule> {
    return this.rows.findOneByOrFail({ id });
  }

  async insert(rule: Settings): Promise<string> {
    const { identifiers } = await this.rows.insert(rule);
    return (identifiers[0] as { id: string }).id;
  }

  async update(id: string, changes: Settings): Promise<void> {
    await this.rows.update({ id }, { ...changes, updatedAt: () => 'now()' });
  }

  async delete(id: string): Promise<void> {
    await this.rows.delete({ id });
  }

  /** The priority of a rule that is looked at after all others. */
  async lastPriority(): Promise<number> {
    return ((await this.rows.maximum('priority')) ?? 0) + 1;
  }

  /** Ids of all rules in the order in which they are looked at. */
  async order(): Promise<string[]> {
    const rules = await this.rows.find({ select: { id: true }, order: { priority: 'ASC', id: 'ASC' } });
    return rules.map(({ id }) => id);
  }

  /** Priorities from 1 on, in this order. */
  async reorder(ids: readonly string[]): Promise<void> {
    await this.database.query(
      `UPDATE routing_rules rule SET priority = wanted.priority, updated_at = now()
       FROM unnest($1::uuid[]) WITH ORDINALITY AS wanted (id, priority)
       WHERE rule.id = wanted.id AND rule.priority <> wanted.priority`,
      [ids],
    );
  }

  /** Whether a provider is in the chain of a rule or of its experiment. */
  async hasInChain(provider: string): Promise<boolean> {
    const found = await this.database.query(
      `SELECT FROM routing_rules
       WHERE $1 = ANY(provider_chain) OR experiment -> 'chain' @> to_jsonb($1::text) LIMIT 1`,
      [provider],
    );
    return found.length > 0;
  }

  private get rows() {
    return this.database.repository(RoutingRule);
  }
}
