import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { User } from './user.entity.js';

/** What a user may change of himself. */
export type ProfileChanges = Partial<Pick<User, 'name' | 'language' | 'timezone'>>;

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

  /** @returns its id; undefined when the e-mail is taken */
  async insert(
    account: Pick<User, 'email' | 'passwordHash' | 'name' | 'role' | 'permissions' | 'quotas'>,
  ): Promise<string | undefined> {
    const result = await this.users.createQueryBuilder().insert().values(account).orIgnore().returning('id').execute();
    return (result.raw as { id: string }[])[0]?.id;
  }

  async change(id: string, { name, language, timezone }: ProfileChanges): Promise<void> {
    await this.database.query(
      `UPDATE users SET name = coalesce($2, name), language = coalesce($3, language),
              timezone = coalesce($4, timezone), updated_at = now()
       WHERE id = $1`,
      [id, name, language, timezone],
    );
  }

  /** @returns false when its password is no longer the one that was checked */
  async changePassword({ id, passwordHash }: User, next: string): Promise<boolean> {
    const { affected } = await this.users.update({ id, passwordHash }, { passwordHash: next });
    return affected === 1;
  }

  /**
   * Keeps the account as it was checked until the end of the ambient transaction: its password is not changed, it is not
   * disabled or deleted meanwhile.
   * @returns false when that has happened already
   */
  async hold({ id, passwordHash }: User): Promise<boolean> {
    const held = await this.users.findOne({
      select: { id: true },
      where: { id, passwordHash, isActive: true },
      lock: { mode: 'pessimistic_read' },
    });
    return held !== null;
  }

  /**
   * Holds the admins that can sign in until the end of the ambient transaction, so that of two who go at once the second
   * sees that he is the last.
   */
  async holdActiveAdmins(): Promise<string[]> {
    const admins = await this.database.query<{ id: string }>(
      `SELECT id FROM users WHERE role = 'admin' AND is_active ORDER BY id FOR NO KEY UPDATE`,
    );
    return admins.map(({ id }) => id);
  }

  /** @returns false when its password is no longer the one that was checked, or somebody else was quicker */
  async delete({ id, passwordHash }: User): Promise<boolean> {
    const { affected } = await this.users.delete({ id, passwordHash });
    return affected === 1;
  }

  private get users() {
    return this.database.repository(User);
  }
}
