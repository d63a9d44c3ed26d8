import { Injectable } from '@nestjs/common';
import { In, type QueryDeepPartialEntity } from 'typeorm';
import { Database } from '../../../../platform/database/database.js';
import { containing, narrow } from '../../../../platform/http-server/filters.js';
import { orderOf, pageWindow } from '../../../../platform/http-server/paging.js';
import { DownloadProvider } from '../../routing/download-provider.entity.js';
import type { ProvidersQuery } from './provider.dto.js';

type Settings = QueryDeepPartialEntity<DownloadProvider>;

/** The operator's side of the table: what routing reads, he lists and changes. */
@Injectable()
export class ProvidersRepository {
  constructor(private readonly database: Database) {}

  page(query: ProvidersQuery): Promise<[DownloadProvider[], number]> {
    const { providerType, adapter, isActive, healthStatus, text } = query;
    const { field, direction } = orderOf(query.sort);
    const { skip, take } = pageWindow(query);
    const all = this.rows.createQueryBuilder('p').orderBy(`p.${field}`, direction).addOrderBy('p.name');
    return narrow(
      all.skip(skip).take(take),
      { providerType, adapter, isActive, healthStatus, text: containing(text) },
      { text: '(p.name ILIKE :text OR p.adapter ILIKE :text OR p.apiHost ILIKE :text)' },
    ).getManyAndCount();
  }

  find(id: string): Promise<DownloadProvider | null> {
    return this.rows.findOneBy({ id });
  }

  get(id: string): Promise<DownloadProvider> {
    return this.rows.findOneByOrFail({ id });
  }

  /** @returns false when the name is taken */
  async insert(provider: Settings): Promise<boolean> {
    const result = await this.rows.createQueryBuilder().insert().values(provider).orIgnore().returning('id').execute();
    return (result.raw as unknown[]).length > 0;
  }

  async update(id: string, changes: Settings): Promise<void> {
    await this.rows.update({ id }, { ...changes, updatedAt: () => 'now()' });
  }

  async delete(id: string): Promise<void> {
    await this.rows.delete({ id });
  }

  /** Which of `names` no provider has. */
  async unknown(names: readonly string[]): Promise<string[]> {
    const known = await this.rows.find({ where: { name: In([...names]) }, select: { name: true } });
    return names.filter((name) => known.every((provider) => provider.name !== name));
  }

  /** Names of the providers that may leave through an egress endpoint. */
  async namesThrough(egress: string): Promise<string[]> {
    const rows = await this.database.query<{ name: string }>(
      `SELECT name FROM download_providers WHERE options -> 'egress' @> to_jsonb($1::text) ORDER BY name`,
      [egress],
    );
    return rows.map(({ name }) => name);
  }

  private get rows() {
    return this.database.repository(DownloadProvider);
  }
}
