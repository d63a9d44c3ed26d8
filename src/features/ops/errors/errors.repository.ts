import { Injectable } from '@nestjs/common';
import { In, type SelectQueryBuilder } from 'typeorm';
import { Database } from '../../../platform/database/database.js';
import { containing, narrow } from '../../../platform/http-server/filters.js';
import { pageWindow, type PageQuery } from '../../../platform/http-server/paging.js';
import { ErrorEntry } from './error-entry.entity.js';
import type { ErrorSource } from './error-source.js';

export interface ErrorFilter {
  source?: ErrorSource;
  platform?: string;
  provider?: string;
  type?: string;
  code?: string;
  /** Somewhere in the message. */
  text?: string;
  errorRef?: string;
  signature?: string;
  from?: Date;
  /** Not in it any more. */
  to?: Date;
}

/** Errors that have their signature in common. */
export interface ErrorGroup {
  signature: string;
  count: number;
  firstSeenAt: Date;
  lastSeenAt: Date;
  platforms: string[];
  providers: string[];
  versions: string[];
  lastErrorRef: string | null;
}

type Dimension = 'platform' | 'source' | 'type';
/** How many errors have a value in common; null stands for those that have none. */
export type Counted<D extends Dimension> = Pick<ErrorEntry, D> & { count: number };

@Injectable()
export class ErrorsRepository {
  constructor(private readonly database: Database) {}

  async insert(error: Omit<ErrorEntry, 'id'>): Promise<void> {
    await this.errors.insert(error);
  }

  find(id: string): Promise<ErrorEntry | null> {
    return this.errors.findOneBy({ id });
  }

  /** The newest first. */
  page(filter: ErrorFilter, query: PageQuery): Promise<[ErrorEntry[], number]> {
    const { skip, take } = pageWindow(query);
    return this.matching(filter)
      .orderBy('error.at', 'DESC')
      .addOrderBy('error.id', 'DESC')
      .skip(skip)
      .take(take)
      .getManyAndCount();
  }

  count(filter: ErrorFilter): Promise<number> {
    return this.matching(filter).getCount();
  }

  /** The most frequent first. */
  countBy<D extends Dimension>(dimension: D, filter: ErrorFilter): Promise<Counted<D>[]> {
    return this.matching(filter)
      .select(`error.${dimension}`, dimension)
      .addSelect('count(*)::int', 'count')
      .groupBy(`error.${dimension}`)
      .orderBy('count(*)', 'DESC')
      .addOrderBy(`error.${dimension}`, 'ASC')
      .getRawMany<Counted<D>>();
  }

  /** The one that was seen last first. */
  async groups(filter: ErrorFilter, query: PageQuery): Promise<[ErrorGroup[], number]> {
    const { skip, take } = pageWindow(query);
    const rows = await this.matching(filter)
      .select('error.signature', 'signature')
      .addSelect('count(*)::int', 'count')
      .addSelect('min(error.at)', 'firstSeenAt')
      .addSelect('max(error.at)', 'lastSeenAt')
      .addSelect(distinct('platform'), 'platforms')
      .addSelect(distinct('provider'), 'providers')
      .addSelect(distinct('version'), 'versions')
      .addSelect(
        '(array_agg(error.errorRef ORDER BY error.at DESC) FILTER (WHERE error.errorRef IS NOT NULL))[1]',
        'lastErrorRef',
      )
      .groupBy('error.signature')
      .orderBy('max(error.at)', 'DESC')
      .addOrderBy('error.signature', 'ASC')
      .offset(skip)
      .limit(take)
      .getRawMany<ErrorGroup>();
    return [rows, await this.countSignatures(filter)];
  }

  /** The newest message of each signature. */
  async latestMessages(signatures: string[], filter: ErrorFilter): Promise<Map<string, string>> {
    const rows = await this.matching(filter)
      .distinctOn(['error.signature'])
      .andWhere({ signature: In(signatures) })
      .orderBy('error.signature')
      .addOrderBy('error.at', 'DESC')
      .getMany();
    return new Map(rows.map(({ signature, message }) => [signature, message]));
  }

  private async countSignatures(filter: ErrorFilter): Promise<number> {
    const counted = this.matching(filter).select('count(DISTINCT error.signature)::int', 'count');
    return (await counted.getRawOne<{ count: number }>())?.count ?? 0;
  }

  private matching({ text, ...filter }: ErrorFilter): SelectQueryBuilder<ErrorEntry> {
    const { source, platform, provider, type, code, errorRef, signature, from, to } = filter;
    return narrow(
      this.errors.createQueryBuilder('error'),
      { source, platform, provider, type, code, errorRef, signature, text: containing(text), from, to },
      { text: 'error.message ILIKE :text', from: 'error.at >= :from', to: 'error.at < :to' },
    );
  }

  private get errors() {
    return this.database.repository(ErrorEntry);
  }
}

function distinct(column: string): string {
  return `coalesce(array_agg(DISTINCT error.${column}) FILTER (WHERE error.${column} IS NOT NULL), '{}')`;
}
