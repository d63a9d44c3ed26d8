import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { ErrorCode } from '../../errors/error-codes.js';

/** One time that a circuit was open: what Redis is rebuilt from, and how long nothing went through. */
@Entity('circuit_openings')
@Index('circuit_openings_unclosed', ['key'], { where: 'closed_at IS NULL' })
@Index('circuit_openings_provider', ['provider', 'openedAt'])
@Index('circuit_openings_opened', ['openedAt'])
export class CircuitOpening {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column({ type: 'text' })
  key!: string;

  /** null: the circuit is one of a way out. */
  @Column({ type: 'text', nullable: true })
  provider!: string | null;

  /** How many times in a row it has opened by then. */
  @Column({ type: 'integer' })
  level!: number;

  @Column({ type: 'text' })
  reason!: ErrorCode;

  @Column({ type: 'timestamptz' })
  openedAt!: Date;

  /** From then on one attempt at a time may try; null: not before somebody closes it. */
  @Column({ type: 'timestamptz', nullable: true })
  openUntil!: Date | null;

  /** When it was closed, or opened anew. */
  @Column({ type: 'timestamptz', nullable: true })
  closedAt!: Date | null;

  @Column({ type: 'text' })
  openedByAttempt!: string;
}
