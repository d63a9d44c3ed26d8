import { Injectable } from '@nestjs/common';
import type { QueryDeepPartialEntity } from 'typeorm';
import { Database } from '../../platform/database/database.js';
import { narrow } from '../../platform/http-server/filters.js';
import { pageWindow, type PageQuery } from '../../platform/http-server/paging.js';
import { Credential, type CredentialStatus } from './credential.entity.js';
import type { CredentialPlatform } from './platforms/credential-platform.js';

export interface CredentialFilter {
  platform?: CredentialPlatform;
  status?: CredentialStatus;
}

type Values = Omit<QueryDeepPartialEntity<Credential>, 'id' | 'userId'>;

/** A credential as somebody has read it: changes are made to that one, not to one whose secrets are others by now. */
export type Seen = Pick<Credential, 'id' | 'userId' | 'version'>;

@Injectable()
export class CredentialsRepository {
  constructor(private readonly database: Database) {}

  /** The accounts of one owner are added and named by one at a time, until the ambient transaction ends. */
  lockNames(owner: string): Promise<void> {
    return this.database.lock(`credentials:${owner}`);
  }

  find(owner: string, id: string): Promise<Credential | null> {
    return this.rows.findOne(owner, { id });
  }

  /** The oldest first. */
  all(owner: string): Promise<Credential[]> {
    return this.rows.find(owner, {}, { order: { createdAt: 'ASC', id: 'ASC' } });
  }

  /** The oldest that is known to be this account of the platform; nobody changes it until the transaction ends. */
  lockAccount(owner: string, platform: CredentialPlatform, externalId: string): Promise<Credential | null> {
    return this.rows
      .query(owner, 'c')
      .andWhere('c.platform = :platform AND c.externalId = :externalId', { platform, externalId })
      .orderBy('c.createdAt', 'ASC')
      .limit(1)
      .setLock('pessimistic_write')
      .getOne();
  }

  /** The oldest first. */
  page(owner: string, filter: CredentialFilter, query: PageQuery): Promise<[Credential[], number]> {
    const { skip, take } = pageWindow(query);
    const all = this.rows.query(owner, 'c').orderBy('c.createdAt', 'ASC').addOrderBy('c.id');
    return narrow(all.skip(skip).take(take), filter, {}).getManyAndCount();
  }

  count(owner: string): Promise<number> {
    return this.rows.count(owner);
  }

  /** Which names the accounts of a platform have. */
  async names(owner: string, platform: CredentialPlatform): Promise<Set<string>> {
    const rows = await this.rows.find(owner, { platform }, { select: { accountName: true } });
    return new Set(rows.map(({ accountName }) => accountName));
  }

  insert(owner: string, credential: Values & { id: string }): Promise<Credential> {
    return this.rows.insert(owner, credential as Credential);
  }

  /** @returns whether it was there */
  async rename(owner: string, id: string, accountName: string): Promise<boolean> {
    return (await this.rows.update(owner, { id }, { accountName })) > 0;
  }

  /** @returns whether it was there */
  async replaceSecrets(owner: string, id: string, values: Values): Promise<boolean> {
    return (await this.rows.update(owner, { id }, { ...values, version: () => 'version + 1' })) > 0;
  }

  /** @returns false when its secrets have been changed since it was seen, or it is gone */
  async change({ userId, id, version }: Seen, values: Values): Promise<boolean> {
    return (await this.rows.update(userId, { id, version }, values)) > 0;
  }

  /** @returns false when another has the right to refresh, or its secrets have been changed since it was seen */
  async claimRefresh({ userId, id, version }: Seen, ms: number): Promise<boolean> {
    const claimed = await this.database.query(
      `UPDATE credentials SET refreshing_until = now() + $4 * interval '1 ms'
       WHERE user_id = $1 AND id = $2 AND version = $3 AND (refreshing_until IS NULL OR refreshing_until <= now())
       RETURNING id`,
      [userId, id, version, ms],
    );
    return claimed.length > 0;
  }

  /** Takes the turn to ask the platform. @returns false when somebody has since `before`, or its secrets are others */
  async claimCheck({ userId, id, version }: Seen, now: Date, before: Date): Promise<boolean> {
    const claimed = await this.database.query(
      `UPDATE credentials SET checked_at = $4
       WHERE user_id = $1 AND id = $2 AND version = $3 AND (checked_at IS NULL OR checked_at <= $5) RETURNING id`,
      [userId, id, version, now, before],
    );
    return claimed.length > 0;
  }

  /** @returns whether it was there */
  async delete(owner: string, id: string): Promise<boolean> {
    return (await this.rows.delete(owner, { id })) > 0;
  }

  private get rows() {
    return this.database.owned(Credential);
  }
}
