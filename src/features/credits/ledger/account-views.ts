import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { pageWindow, type PageQuery } from '../../../platform/http-server/paging.js';
import type { CreditAccount, CreditOwner } from './credit-account.entity.js';

/** An account as its owner sees it: what is due is not `available`, even before the sweep has written so. */
export type AccountView = Readonly<CreditAccount>;

// One statement: between two the sweep could come, and what it takes away would be counted.
const ACCOUNTS = `
  SELECT id, owner_kind AS "ownerKind", owner_id AS "ownerId", unit, held::double precision AS held,
         (available - COALESCE((
           SELECT sum(remaining) FROM credit_lots
           WHERE account_id = account.id AND remaining > 0 AND expires_at <= $1
         ), 0))::double precision AS available, updated_at AS "updatedAt"
  FROM credit_accounts AS account
  WHERE ($2::text IS NULL OR owner_kind = $2) AND ($3::text IS NULL OR owner_id = $3)
  ORDER BY updated_at DESC, id LIMIT $4 OFFSET $5`;

const TOTAL = `
  SELECT count(*)::int AS total FROM credit_accounts
  WHERE ($1::text IS NULL OR owner_kind = $1) AND ($2::text IS NULL OR owner_id = $2)`;

@Injectable()
export class AccountViews {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async find({ ownerKind, ownerId }: CreditOwner): Promise<AccountView | undefined> {
    const [view] = await this.database.query<AccountView>(ACCOUNTS, [this.clock.now(), ownerKind, ownerId, 1, 0]);
    return view;
  }

  /** The last that has changed first. */
  async page({ ownerKind, ownerId }: Partial<CreditOwner>, query: PageQuery): Promise<[AccountView[], number]> {
    const owner = [ownerKind ?? null, ownerId ?? null];
    const { skip, take } = pageWindow(query);
    const items = await this.database.query<AccountView>(ACCOUNTS, [this.clock.now(), ...owner, take, skip]);
    const [counted] = await this.database.query<{ total: number }>(TOTAL, owner);
    return [items, counted?.total ?? 0];
  }
}
