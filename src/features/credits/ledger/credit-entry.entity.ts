import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import { bigint } from '../../../platform/database/columns.js';
import { CreditAccount } from './credit-account.entity.js';

export const ENTRY_KINDS = [
  'grant',
  'purchase',
  'hold',
  'capture',
  'release',
  'refund',
  'expiry',
  'adjustment',
] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** A line of the ledger; lines of one transaction sum to zero. Written once: a trigger forbids anything else. */
@Entity('credit_entries')
@Check(
  'credit_entries_kind_check',
  `kind IN ('grant', 'purchase', 'hold', 'capture', 'release', 'refund', 'expiry', 'adjustment')`,
)
@Index('credit_entries_idempotency_key', ['idempotencyKey'], { unique: true })
@Index('credit_entries_seq', ['seq'], { unique: true })
@Index('credit_entries_account', ['accountId', 'seq'])
@Index('credit_entries_reference', ['reference'])
@Index('credit_entries_transaction', ['transactionId'])
@Index('credit_entries_one_hold', ['reference'], { unique: true, where: `kind = 'hold'` })
@Index('credit_entries_one_end', ['reference'], {
  unique: true,
  where: `kind IN ('capture', 'release') AND held_delta < 0`,
})
@Index('credit_entries_one_refund', ['reference'], { unique: true, where: `kind = 'refund' AND available_delta > 0` })
export class CreditEntry {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  /** The order in which lines were written. */
  @Column({ ...bigint, insert: false, update: false, generated: 'identity', generatedIdentity: 'ALWAYS' })
  seq!: number;

  @Column({ type: 'uuid' })
  transactionId!: string;

  @Column({ type: 'uuid' })
  accountId!: string;

  @ManyToOne(() => CreditAccount)
  @JoinColumn({ name: 'account_id' })
  account?: never;

  @Column({ type: 'text' })
  kind!: EntryKind;

  @Column(bigint)
  availableDelta!: number;

  @Column(bigint)
  heldDelta!: number;

  @Column(bigint)
  availableAfter!: number;

  @Column(bigint)
  heldAfter!: number;

  /** What it is about: `job:{id}`, `payment:{id}`. */
  @Column({ type: 'text', nullable: true })
  reference!: string | null;

  @Column({ type: 'text' })
  idempotencyKey!: string;

  /** `user:{id}` of an operator, `telegram:{id}`, or `system`. */
  @Column({ type: 'text' })
  actor!: string;

  @Column({ type: 'text', nullable: true })
  note!: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  expiresAt!: Date | null;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt!: Date;
}
