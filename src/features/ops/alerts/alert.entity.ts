import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { bigint } from '../../../platform/database/columns.js';
import type { AlertDefinition } from './alert-definition.js';

/** A button of an alert that somebody has pressed. */
export interface DoneAction {
  action: string;
  /** At which telling: told again, its buttons work again. */
  telling: number;
  actor: string;
  /** As people call the actor. */
  by: string;
  at: string;
}

/** Something that needs the operator, from when it was first seen until it was over. */
@Entity('alerts')
@Index('alerts_open', ['name', 'subject'], { unique: true, where: 'resolved_at IS NULL' })
@Index('alerts_told', ['name', 'subject', 'lastToldAt'])
@Index('alerts_resolved', ['resolvedAt'])
export class Alert {
  /** A number, for it goes into `callback_data` together with an action: 64 bytes in all. */
  @PrimaryGeneratedColumn('identity', { ...bigint, generatedIdentity: 'ALWAYS' })
  id!: number;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'text' })
  severity!: AlertDefinition['severity'];

  @Column({ type: 'text' })
  subject!: string;

  @Column({ type: 'jsonb' })
  params!: Record<string, string | number>;

  @Column({ type: 'jsonb' })
  actions!: string[];

  @Column({ type: 'integer' })
  quietMin!: number;

  /** How often it was raised. */
  @Column({ type: 'integer', default: 1 })
  count!: number;

  /** How often the operator was told. */
  @Column({ type: 'integer', default: 0 })
  tellings!: number;

  @Column({ type: 'jsonb' })
  presses!: DoneAction[];

  @Column({ type: 'timestamptz' })
  raisedAt!: Date;

  @Column({ type: 'timestamptz' })
  lastSeenAt!: Date;

  @Column({ type: 'timestamptz', nullable: true })
  lastToldAt!: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  resolvedAt!: Date | null;
}
