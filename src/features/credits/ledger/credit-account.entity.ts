import { Check, Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { bigint } from '../../../platform/database/columns.js';

export const OWNER_KINDS = ['tg_user', 'user', 'system'] as const;
export type OwnerKind = (typeof OWNER_KINDS)[number];

/** Whose credits: a person of all bots (`tg_user`), an account of the API (`user`), or the books' other side (`system`). */
export interface CreditOwner {
  ownerKind: OwnerKind;
  ownerId: string;
}

/** What somebody has: `available` to spend, `held` for what was asked for and has not ended. Written by the ledger alone. */
@Entity('credit_accounts')
@Check('credit_accounts_owner_kind_check', `owner_kind IN ('tg_user', 'user', 'system')`)
@Check('credit_accounts_balance_check', `owner_kind = 'system' OR (available >= 0 AND held >= 0)`)
@Index('credit_accounts_owner', ['ownerKind', 'ownerId', 'unit'], { unique: true })
export class CreditAccount implements CreditOwner {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column({ type: 'text' })
  ownerKind!: OwnerKind;

  /** A Telegram id, the id of a user, or `issued`, `spent`, `expired`. */
  @Column({ type: 'text' })
  ownerId!: string;

  @Column({ type: 'text', default: 'credit' })
  unit!: string;

  @Column({ ...bigint, default: 0 })
  available!: number;

  @Column({ ...bigint, default: 0 })
  held!: number;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  updatedAt!: Date;
}
