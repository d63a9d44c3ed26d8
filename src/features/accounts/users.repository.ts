import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { User } from './user.entity.js';

@Injectable()
export class UsersRepository {
  constructor(private readonly database: Database) {}

  findById(id: string): Promise<User | null> {
    return this.users.findOneBy({ id });
  }

  findByEmail(email: string): Promise<User | null> {
    return this.users.createQueryBuilder('u').where('lower(u.email) = lower(:email)', { email }).getOne();
  }

  hasAdmin(): Promise<boolean> {
    return this.users.existsBy({ role: 'admin' });
  }

  /** @returns whether the account is new; false when the e-mail is taken. */
  async insert(account: Pick<User, 'email' | 'passwordHash' | 'name' | 'role'>): Promise<boolean> {
    const result = await this.users.createQueryBuilder().insert().values(account).orIgnore().returning('id').execute();
    return (result.raw as unknown[]).length > 0;
  }

  private get users() {
    return this.database.repository(User);
  }
}
