import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** A change that an operator has made. */
@Entity('audit_log')
@Index('audit_log_at', ['at'])
@Index('audit_log_subject', ['subject', 'at'])
export class AuditRecord {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column({ type: 'text' })
  actor!: string;

  @Column({ type: 'text' })
  action!: string;

  @Column({ type: 'text' })
  subject!: string;

  @Column({ type: 'jsonb', nullable: true })
  before!: object | null;

  @Column({ type: 'jsonb', nullable: true })
  after!: object | null;

  @Column({ type: 'timestamptz' })
  at!: Date;
}
