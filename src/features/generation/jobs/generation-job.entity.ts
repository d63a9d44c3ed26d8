import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import { bigint } from '../../../platform/database/columns.js';
import { GenerationBatch, type GenerationKind } from '../batches/generation-batch.entity.js';
import type { ErrorClass } from '../kie/error-class.js';
import { GenerationTemplate } from '../prompts/generation-template.entity.js';
import type { JobStatus } from './job-status.js';

/** One video that somebody has paid for. */
@Entity('generation_jobs')
@Check('generation_jobs_kind_check', `kind IN ('ugc', 'ad', 'own')`)
@Check(
  'generation_jobs_status_check',
  `status IN ('queued', 'prompting', 'submitting', 'generating', 'delivering', 'delivered', 'failed', 'cancelled')`,
)
@Index('generation_jobs_idempotency_key', ['idempotencyKey'], { unique: true })
@Index('generation_jobs_batch', ['batchId'])
@Index('generation_jobs_status', ['status', 'nextAttemptAt'])
@Index('generation_jobs_tg_user', ['tgUserId', 'createdAt'])
@Index('generation_jobs_created', ['createdAt'])
@Index('generation_jobs_photo', ['photoKey'])
@Index('generation_jobs_moving', ['createdAt'], {
  where: `status IN ('queued', 'prompting', 'submitting', 'generating', 'delivering')`,
})
@Index('generation_jobs_ended', ['updatedAt'], { where: `status IN ('delivered', 'failed', 'cancelled')` })
@Index('generation_jobs_error_class', ['errorClass', 'createdAt'], { where: 'error_class IS NOT NULL' })
export class GenerationJob {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column({ type: 'uuid' })
  batchId!: string;

  @ManyToOne(() => GenerationBatch, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'batch_id' })
  batch?: never;

  @Column(bigint)
  tgUserId!: number;

  @Column({ type: 'text' })
  bot!: string;

  @Column({ type: 'text' })
  kind!: GenerationKind;

  @Column({ type: 'text' })
  productText!: string;

  @Column({ type: 'text', nullable: true })
  wishes!: string | null;

  /** Of kind `own`. */
  @Column({ type: 'text', nullable: true })
  userPrompt!: string | null;

  @Column({ type: 'text' })
  photoKey!: string;

  @Column({ type: 'uuid', nullable: true })
  templateId!: string | null;

  @ManyToOne(() => GenerationTemplate)
  @JoinColumn({ name: 'template_id' })
  template?: never;

  /** What the model is asked for; null until it is written. */
  @Column({ type: 'text', nullable: true })
  finalPrompt!: string | null;

  @Column({ type: 'text', default: 'kie' })
  provider!: string;

  /** Slug of the model that works on it, or will. */
  @Column({ type: 'text' })
  model!: string;

  /** A fact, which outlives the key. */
  @Column({ type: 'uuid', nullable: true })
  keyId!: string | null;

  @Column({ type: 'text', nullable: true })
  providerTaskId!: string | null;

  @Column({ type: 'text', default: 'queued' })
  status!: JobStatus;

  /** Calls of createTask that count: those that another key or model took over silently do not. */
  @Column({ type: 'integer', default: 0 })
  attempts!: number;

  /** Of a job that waits in the queue: not before this time. */
  @Column({ type: 'timestamptz', nullable: true })
  nextAttemptAt!: Date | null;

  /** Of a job that the provider works on, or has not answered for: when it is looked at next. */
  @Column({ type: 'timestamptz', nullable: true })
  lookAt!: Date | null;

  @Column({ type: 'text', nullable: true })
  errorClass!: ErrorClass | null;

  @Column({ type: 'text', nullable: true })
  errorCode!: string | null;

  @Column({ type: 'text', nullable: true })
  errorMessage!: string | null;

  /** Where the provider keeps the video, for as long as it does. */
  @Column({ type: 'text', nullable: true })
  resultUrl!: string | null;

  /** Of the storage. */
  @Column({ type: 'text', nullable: true })
  resultKey!: string | null;

  /** Telegram's, of this bot. */
  @Column({ type: 'text', nullable: true })
  resultFileId!: string | null;

  @Column({ type: 'integer' })
  costCredits!: number;

  /** `{draftId}:{index}`. */
  @Column({ type: 'text' })
  idempotencyKey!: string;

  /** Raised when the operator has a failed job tried anew: each round has a hold of its own (`holdReference`). */
  @Column({ type: 'integer', default: 1 })
  round!: number;

  /** Raised each time a step is asked for: part of the id of its Bull job. */
  @Column({ type: 'integer', default: 1 })
  run!: number;

  /** Proof of the worker that holds the job. */
  @Column({ type: 'uuid', nullable: true })
  claim!: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  leaseUntil!: Date | null;

  /** Workers that were lost at its present step. */
  @Column({ type: 'integer', default: 0 })
  losses!: number;

  /** When each status was entered last, as ISO times. */
  @Column({ type: 'jsonb', default: {} })
  timings!: Partial<Record<JobStatus, string>>;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  updatedAt!: Date;
}

/** What the ledger knows the credits of this round by. */
export function holdReference({ id, round }: Pick<GenerationJob, 'id' | 'round'>): string {
  return round === 1 ? `job:${id}` : `job:${id}:${round}`;
}

/** What the outbox knows the video of this round by: one that Telegram has refused does not stand in the way of the next. */
export function videoKey({ id, round }: Pick<GenerationJob, 'id' | 'round'>): string {
  return round === 1 ? `job:${id}:video` : `job:${id}:video:${round}`;
}
