import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { bigint } from '../../../platform/database/columns.js';
import { CreditEntry } from '../ledger/credit-entry.entity.js';
import { CreditLot } from './credit-lot.entity.js';

/** What a hold has drawn from a lot, so that its release puts it back there. */
@Entity('credit_lot_holds')
@Check('credit_lot_holds_amount_check', 'amount > 0')
@Index('credit_lot_holds_lot', ['lotEntryId'])
export class CreditLotHold {
  @PrimaryColumn('uuid')
  holdEntryId!: string;

  @ManyToOne(() => CreditEntry)
  @JoinColumn({ name: 'hold_entry_id' })
  hold?: never;

  @PrimaryColumn('uuid')
  lotEntryId!: string;

  @ManyToOne(() => CreditLot)
  @JoinColumn({ name: 'lot_entry_id', referencedColumnName: 'entryId' })
  lot?: never;

  @Column(bigint)
  amount!: number;
}
