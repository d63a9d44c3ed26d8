import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import { bigint } from '../../../platform/database/columns.js';
import { OwnedByUser, OwnerKey } from '../../../platform/database/owned-rows.js';

/** How much an account has taken of a quota. Changes in the transaction of what was taken or given back. */
@Entity('quota_usage')
@Check('quota_usage_used_check', 'used >= 0')
export class QuotaUsage extends OwnedByUser {
  @OwnerKey()
  userId!: string;

  /** Name of a quota, e.g. `recordings`. */
  @PrimaryColumn('text')
  quota!: string;

  /** `2026-11` where it begins anew each month, else empty. */
  @PrimaryColumn('text')
  period!: string;

  @Column(bigint)
  used!: number;
}
