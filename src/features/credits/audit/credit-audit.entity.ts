import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { Checked, Problem } from './audit-report.js';

/** A proof of the books that was tried. */
@Entity('credit_audits')
@Index('credit_audits_checked_at', ['checkedAt'])
export class CreditAudit {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  /** The moment of which it is. */
  @Column('timestamptz')
  checkedAt!: Date;

  @Column('boolean')
  ok!: boolean;

  @Column('jsonb')
  checked!: Checked;

  @Column('jsonb')
  problems!: Problem[];
}
