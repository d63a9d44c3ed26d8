import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { CreditAccount, type CreditOwner } from './credit-account.entity.js';

const UNIT = 'credit';

/** Accounts of people. Whoever is about to write has locked one first, which puts all writers of a person in a row. */
@Injectable()
export class CreditAccounts {
  constructor(private readonly database: Database) {}

  find({ ownerKind, ownerId }: CreditOwner): Promise<CreditAccount | null> {
    return this.accounts.findOneBy({ ownerKind, ownerId, unit: UNIT });
  }

  /** Until the ambient transaction ends; null for somebody who has none. */
  lock({ ownerKind, ownerId }: CreditOwner): Promise<CreditAccount | null> {
    return this.accounts.findOne({ where: { ownerKind, ownerId, unit: UNIT }, lock: { mode: 'pessimistic_write' } });
  }

  lockById(id: string): Promise<CreditAccount> {
    return this.accounts.findOneOrFail({ where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /** As `lock`; it is made when there is none. */
  async open(owner: CreditOwner): Promise<CreditAccount> {
    const account = await this.lock(owner);
    if (account) return account;
    const { ownerKind, ownerId } = owner;
    await this.accounts.createQueryBuilder().insert().values({ ownerKind, ownerId, unit: UNIT }).orIgnore().execute();
    return this.accounts.findOneOrFail({
      where: { ownerKind, ownerId, unit: UNIT },
      lock: { mode: 'pessimistic_write' },
    });
  }

  private get accounts() {
    return this.database.repository(CreditAccount);
  }
}
