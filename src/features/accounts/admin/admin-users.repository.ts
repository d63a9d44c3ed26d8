import { Injectable } from '@nestjs/common';
import type { UserRole } from '../../../platform/auth/principal.js';
import { Database } from '../../../platform/database/database.js';
import { containing, narrow } from '../../../platform/http-server/filters.js';
import { orderOf, pageWindow, type PageQuery } from '../../../platform/http-server/paging.js';
import { User } from '../users/user.entity.js';

export interface UserFilter {
  /** Somewhere in the e-mail or the name. */
  text?: string;
  role?: UserRole;
  isActive?: boolean;
  sort: string;
}

@Injectable()
export class AdminUsersRepository {
  constructor(private readonly database: Database) {}

  page({ text, role, isActive, sort }: UserFilter, query: PageQuery): Promise<[User[], number]> {
    const { field, direction } = orderOf(sort);
    const { skip, take } = pageWindow(query);
    const all = this.users.createQueryBuilder('u').orderBy(`u.${field}`, direction).addOrderBy('u.id');
    return narrow(
      all.skip(skip).take(take),
      { role, isActive, text: containing(text) },
      { text: '(u.email ILIKE :text OR u.name ILIKE :text)' },
    ).getManyAndCount();
  }

  /** Keeps the account as it is until the end of the ambient transaction. */
  lock(id: string): Promise<User | null> {
    return this.users.findOne({ where: { id }, lock: { mode: 'for_no_key_update' } });
  }

  async update(
    id: string,
    changes: Partial<Pick<User, 'name' | 'role' | 'isActive' | 'permissions' | 'quotas' | 'passwordHash'>>,
  ): Promise<void> {
    await this.users.update({ id }, changes);
  }

  private get users() {
    return this.database.repository(User);
  }
}
