import { Injectable } from '@nestjs/common';
import { In, type QueryDeepPartialEntity } from 'typeorm';
import { Database } from '../../../../platform/database/database.js';
import { containing, narrow } from '../../../../platform/http-server/filters.js';
import { orderOf, pageWindow } from '../../../../platform/http-server/paging.js';
import { EgressEndpoint, OWN_EGRESS } from '../../routing/egress-endpoint.entity.js';
import type { EgressEndpointsQuery } from './egress-endpoint.dto.js';

type Settings = QueryDeepPartialEntity<EgressEndpoint>;

@Injectable()
export class EgressEndpointsRepository {
  constructor(private readonly database: Database) {}

  page(query: EgressEndpointsQuery): Promise<[EgressEndpoint[], number]> {
    const { field, direction } = orderOf(query.sort);
    const { skip, take } = pageWindow(query);
    const all = this.rows.createQueryBuilder('e').orderBy(`e.${field}`, direction).addOrderBy('e.id');
    return narrow(
      all.skip(skip).take(take),
      { isActive: query.isActive, text: containing(query.text) },
      { text: '(e.name ILIKE :text OR e.country ILIKE :text)' },
    ).getManyAndCount();
  }

  find(id: string): Promise<EgressEndpoint | null> {
    return this.rows.findOneBy({ id });
  }

  get(id: string): Promise<EgressEndpoint> {
    return this.rows.findOneByOrFail({ id });
  }

  /** @returns null for one that is not there or not in use */
  findActive(name: string): Promise<EgressEndpoint | null> {
    return this.rows.findOneBy({ name, isActive: true });
  }

  /** @returns false when the name is taken */
  async insert(endpoint: Settings): Promise<boolean> {
    const result = await this.rows.createQueryBuilder().insert().values(endpoint).orIgnore().returning('id').execute();
    return (result.raw as unknown[]).length > 0;
  }

  async update(id: string, changes: Settings): Promise<void> {
    await this.rows.update({ id }, { ...changes, updatedAt: () => 'now()' });
  }

  async delete(id: string): Promise<void> {
    await this.rows.delete({ id });
  }

  /** Which of `names` lead nowhere: no endpoint has them, nor are they the machine's own way out. */
  async unknown(names: readonly string[]): Promise<string[]> {
    const known = await this.rows.find({ where: { name: In([...names]) }, select: { name: true } });
    return names.filter((name) => name !== OWN_EGRESS && known.every((endpoint) => endpoint.name !== name));
  }

  private get rows() {
    return this.database.repository(EgressEndpoint);
  }
}
