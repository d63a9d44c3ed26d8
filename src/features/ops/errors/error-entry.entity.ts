import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { ErrorSource } from './error-source.js';

/** Something that went wrong, as the operator may look it up. */
@Entity('errors')
@Index('errors_at', ['at'])
@Index('errors_source', ['source', 'at'])
@Index('errors_platform', ['platform', 'at'])
@Index('errors_provider', ['provider', 'at'])
@Index('errors_type', ['type', 'at'])
@Index('errors_code', ['code', 'at'])
@Index('errors_signature', ['signature', 'at'])
@Index('errors_error_ref', ['errorRef'])
export class ErrorEntry {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column({ type: 'text' })
  source!: ErrorSource;

  @Column({ type: 'text', nullable: true })
  platform!: string | null;

  @Column({ type: 'text', nullable: true })
  provider!: string | null;

  @Column({ type: 'text' })
  type!: string;

  @Column({ type: 'text' })
  code!: string;

  @Column({ type: 'text' })
  message!: string;

  @Column({ type: 'text', nullable: true })
  errorRef!: string | null;

  @Column({ type: 'text', nullable: true })
  subjectId!: string | null;

  @Column({ type: 'text', nullable: true })
  version!: string | null;

  /** What it has in common with others of its kind. */
  @Column({ type: 'text' })
  signature!: string;

  @Column({ type: 'timestamptz' })
  at!: Date;
}
