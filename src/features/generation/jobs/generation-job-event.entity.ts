import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { bigint } from '../../../platform/database/columns.js';
import { GenerationJob } from './generation-job.entity.js';
import type { JobStatus } from './job-status.js';

/** A line of a job's timeline, for the operator: raw answers of the provider may be in its note. */
@Entity('generation_job_events')
@Index('generation_job_events_job', ['jobId', 'id'])
@Index('generation_job_events_at', ['at'])
export class GenerationJobEvent {
  @PrimaryColumn({ ...bigint, generated: 'identity', generatedIdentity: 'ALWAYS' })
  id!: number;

  @Column({ type: 'uuid' })
  jobId!: string;

  @ManyToOne(() => GenerationJob, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'job_id' })
  job?: never;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  at!: Date;

  /** null: it has just been made. */
  @Column({ type: 'text', nullable: true })
  from!: JobStatus | null;

  /** The same as `from` for something that has happened meanwhile. */
  @Column({ type: 'text' })
  to!: JobStatus;

  @Column({ type: 'text', nullable: true })
  note!: string | null;
}
