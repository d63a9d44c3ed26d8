import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import { GenerationJob } from './generation-job.entity.js';

/**
 * `sending` is on record before the call. `unanswered`: nobody knows whether the provider has begun. `accepted`: it has
 * a task. `lost`: a task that was paid for and not needed any more, because another one was first.
 */
export const SUBMISSION_STATES = [
  'sending',
  'unanswered',
  'accepted',
  'refused',
  'succeeded',
  'failed',
  'lost',
] as const;
export type SubmissionState = (typeof SUBMISSION_STATES)[number];

/** Not over for the provider, as far as is known. They count as `in_flight` of their key. */
export const OPEN_SUBMISSIONS: readonly SubmissionState[] = ['sending', 'unanswered', 'accepted'];

/** One call of createTask for a job. */
@Entity('generation_submissions')
@Check(
  'generation_submissions_state_check',
  `state IN ('sending', 'unanswered', 'accepted', 'refused', 'succeeded', 'failed', 'lost')`,
)
@Index('generation_submissions_attempt', ['jobId', 'attempt'], { unique: true })
@Index('generation_submissions_task', ['providerTaskId'], { unique: true })
@Index('generation_submissions_window', ['account', 'answeredAt'])
@Index('generation_submissions_called_back', ['calledBackAt'])
@Index('generation_submissions_sending', ['sentAt'], { where: `state = 'sending'` })
@Index('generation_submissions_of_key', ['keyId'], { where: `state IN ('sending', 'unanswered', 'accepted')` })
@Index('generation_submissions_open', ['jobId'], { where: `state IN ('sending', 'unanswered', 'accepted')` })
export class GenerationSubmission {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column({ type: 'uuid' })
  jobId!: string;

  @ManyToOne(() => GenerationJob, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'job_id' })
  job?: never;

  /** From 1, of the job; each call has one, whether it counts as one of the job's `attempts` or not. */
  @Column({ type: 'integer' })
  attempt!: number;

  @Column({ type: 'text' })
  model!: string;

  /** A fact, which outlives the key. */
  @Column({ type: 'uuid', nullable: true })
  keyId!: string | null;

  /** The key's, as it was. */
  @Column({ type: 'text' })
  account!: string;

  /** SHA-256 of the token in the address of its callback, hex. */
  @Column({ type: 'text' })
  tokenHash!: string;

  @Column({ type: 'text', default: 'sending' })
  state!: SubmissionState;

  @Column({ type: 'text', nullable: true })
  providerTaskId!: string | null;

  /** What a callback has called its task, before anybody has looked whether that is true. */
  @Column({ type: 'text', nullable: true })
  hintedTaskId!: string | null;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  sentAt!: Date;

  /** When the call was over, with or without an answer: from then on the window of its account is counted. */
  @Column({ type: 'timestamptz', nullable: true })
  answeredAt!: Date | null;

  /** Of one without an answer: nobody waits for it any more, and another attempt may be made. */
  @Column({ type: 'timestamptz', nullable: true })
  givenUpAt!: Date | null;

  /** The provider has not known its task since then. */
  @Column({ type: 'timestamptz', nullable: true })
  unknownSince!: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  endedAt!: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  calledBackAt!: Date | null;
}
