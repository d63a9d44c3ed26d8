import { Check, Column, Entity, Index, JoinColumn, ManyToOne, OneToOne, PrimaryColumn } from 'typeorm';
import { bigint } from '../../../platform/database/columns.js';
import { CreditAccount } from '../ledger/credit-account.entity.js';
import { CreditEntry } from '../ledger/credit-entry.entity.js';

/** What is left to spend of a grant that expires. Credits without an end are in no lot. */
@Entity('credit_lots')
@Check('credit_lots_remaining_check', 'remaining >= 0')
@Index('credit_lots_spendable', ['accountId', 'expiresAt'], { where: 'remaining > 0' })
@Index('credit_lots_due', ['expiresAt'], { where: 'remaining > 0' })
export class CreditLot {
  /** The line of the grant. */
  @PrimaryColumn('uuid')
  entryId!: string;

  @OneToOne(() => CreditEntry)
  @JoinColumn({ name: 'entry_id' })
  entry?: never;

  @Column('uuid')
  accountId!: string;

  @ManyToOne(() => CreditAccount)
  @JoinColumn({ name: 'account_id' })
  account?: never;

  @Column(bigint)
  remaining!: number;

  @Column('timestamptz')
  expiresAt!: Date;
}
