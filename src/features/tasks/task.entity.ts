import { Check, Column, CreateDateColumn, Entity, Generated, Index, PrimaryGeneratedColumn } from 'typeorm';
import { bigint } from '../../platform/database/columns.js';
import { OwnedByUser, OwnerColumn } from '../../platform/database/owned-rows.js';

export const TASK_STATES = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const;
export type TaskState = (typeof TASK_STATES)[number];

/** What became of a task that failed, for its owner. */
export interface TaskError {
  code: string;
  message: string;
}

/** Long work of a user. */
@Entity('tasks')
@Check('tasks_state_check', `state IN ('queued', 'running', 'succeeded', 'failed', 'cancelled')`)
@Check('tasks_progress_check', 'progress BETWEEN 0 AND 100')
@Index('tasks_user', ['userId', 'createdAt'])
@Index('tasks_unfinished', ['userId', 'state'], { where: `state IN ('queued', 'running')` })
@Index('tasks_dedup', ['userId', 'kind', 'dedupKey'], { unique: true, where: `state IN ('queued', 'running')` })
@Index('tasks_turns', ['userId', 'turn'], { where: `state = 'queued'` })
@Index('tasks_finished', ['finishedAt'])
export class Task extends OwnedByUser {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @OwnerColumn()
  userId!: string;

  /** `recordings.process`: names its handler. */
  @Column('text')
  kind!: string;

  /** Ids, not rows. */
  @Column('jsonb')
  payload!: Record<string, unknown>;

  /** Of unfinished tasks with the same kind and key there is one. */
  @Column('text', { nullable: true })
  dedupKey!: string | null;

  @Column('text', { default: 'queued' })
  state!: TaskState;

  /** 0 to 100. */
  @Column('smallint', { default: 0 })
  progress!: number;

  /** A word on what is being done. */
  @Column('text', { nullable: true })
  step!: string | null;

  @Column('jsonb', { nullable: true })
  result!: Record<string, unknown> | null;

  @Column('jsonb', { nullable: true })
  error!: TaskError | null;

  /** Which asking for work this is: part of the job's id. */
  @Column('integer', { default: 1 })
  n!: number;

  /** Tasks of an owner are begun in this order. */
  @Column(bigint)
  @Generated('increment')
  turn!: number;

  /** How many workers were lost while they worked on it. */
  @Column('integer', { default: 0 })
  losses!: number;

  /** A process that works on it renews this; afterwards it is taken for dead. */
  @Column('timestamptz', { nullable: true })
  leaseUntil!: Date | null;

  @Column('timestamptz', { nullable: true })
  cancelRequestedAt!: Date | null;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt!: Date;

  @Column('timestamptz', { nullable: true })
  startedAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  finishedAt!: Date | null;
}
