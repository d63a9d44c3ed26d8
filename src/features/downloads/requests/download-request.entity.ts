import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { bigint } from '../../../platform/database/columns.js';
import type { Fix } from '../../../platform/media/fix-plan.js';
import type { SentFile } from '../delivery/sent-file.js';
import type { ErrorClass, ErrorCode } from '../errors/error-codes.js';
import type { Platform } from '../links/media-link.js';
import type { RequestState } from './request-state.js';

/** What the person asked for besides the link. */
export interface RequestOptions {
  /** `best` or a height such as `720`. */
  quality: string;
  kind: 'video' | 'audio';
}

/** What became of a message: Telegram's files (null where it does not tell how to send them again), or why it has none. */
export type SentPart = { files: SentFile[] | null } | Refusal;

export interface Refusal {
  code: ErrorCode;
  /** Telegram has forgotten the file that we sent it the id of. */
  staleFileId: boolean;
}

/** What goes on after a rest must know of what was before. */
export interface WorkProgress {
  /** What it waits for. */
  restsFor?: 'preparing' | 'busy' | 'no_room';
  /** It has been found out, as far as anybody could tell, what the link is about. */
  isProbed?: boolean;
  /** Providers that the link is nothing for. */
  passedOver?: string[];
}

/** A download that a person is owed. */
@Entity('download_requests')
@Index('download_requests_error_ref', ['errorRef'], { unique: true })
@Index('download_requests_created', ['createdAt'])
@Index('download_requests_leader', ['leaderId'])
@Index('download_requests_state', ['state', 'createdAt'])
@Index('download_requests_platform', ['platform', 'createdAt'])
@Index('download_requests_tg_user', ['tgUserId', 'createdAt'])
@Index('download_requests_moving', ['createdAt'], {
  where: `state IN ('queued', 'finding', 'downloading', 'processing', 'uploading')`,
})
@Index('download_requests_medium', ['bot', 'mediaKey'], {
  where: `state IN ('queued', 'finding', 'downloading', 'processing', 'uploading')`,
})
@Index('download_requests_press', ['pressKey'], {
  unique: true,
  where: `state IN ('queued', 'finding', 'downloading', 'processing', 'uploading')`,
})
export class DownloadRequest {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  /** Eight characters that the person is shown and the operator can look up. */
  @Column({ type: 'text' })
  errorRef!: string;

  @Column({ type: 'text' })
  bot!: string;

  @Column(bigint)
  chatId!: number;

  @Column(bigint)
  messageId!: number;

  @Column(bigint)
  tgUserId!: number;

  @Column({ type: 'text' })
  language!: 'ru' | 'en';

  /** As it was sent. */
  @Column({ type: 'text' })
  link!: string;

  @Column({ type: 'text' })
  canonicalUrl!: string;

  @Column({ type: 'text' })
  platform!: Platform;

  /** null while a short link is not resolved. */
  @Column({ type: 'text', nullable: true })
  mediaKey!: string | null;

  @Column({ type: 'jsonb' })
  options!: RequestOptions;

  @Column({ type: 'text', default: 'queued' })
  state!: RequestState;

  /**
   * Of one that a button asked for: who pressed, under which request, for what. No two with the same live at once, so that
   * a button pressed twice asks once.
   */
  @Column({ type: 'text', nullable: true })
  pressKey!: string | null;

  /** The messages that its medium is sent in, and how each has ended; null: not yet. */
  @Column({ type: 'jsonb', default: [] })
  parts!: (SentPart | null)[];

  /** The request of the same medium whose download this one waits for. */
  @Column({ type: 'uuid', nullable: true })
  leaderId!: string | null;

  /** Workers that were lost at it. */
  @Column({ type: 'integer', default: 0 })
  losses!: number;

  /** Raised each time the work is asked for anew: part of the job's id. */
  @Column({ type: 'integer', default: 1 })
  run!: number;

  /** Proof of the worker that holds the request. */
  @Column({ type: 'uuid', nullable: true })
  claim!: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  leaseUntil!: Date | null;

  /**
   * Set while its work goes on by turns: nobody need look at it before, for it waits for an outside job, for a provider to
   * be free, or for room on the disk.
   */
  @Column({ type: 'timestamptz', nullable: true })
  restsUntil!: Date | null;

  /** How far its work had come when it rested. */
  @Column({ type: 'jsonb', default: {} })
  progress!: WorkProgress;

  @Column({ type: 'boolean', default: false })
  cancelRequested!: boolean;

  @Column({ type: 'boolean', default: false })
  inBackground!: boolean;

  @Column({ type: 'uuid', nullable: true })
  ruleId!: string | null;

  @Column({ type: 'text', nullable: true })
  title!: string | null;

  @Column({ type: 'double precision', nullable: true })
  durationSec!: number | null;

  @Column({ type: 'text', nullable: true })
  fix!: Fix | null;

  @Column({ type: 'text', nullable: true })
  fixReason!: string | null;

  @Column({ type: 'integer', nullable: true })
  fixMs!: number | null;

  @Column({ type: 'integer', nullable: true })
  uploadMs!: number | null;

  @Column({ type: 'text', nullable: true })
  errorClass!: ErrorClass | null;

  @Column({ type: 'text', nullable: true })
  errorCode!: ErrorCode | null;

  /** When each state was entered last, as ISO times; `started`: when the work on it began, however often it rested. */
  @Column({ type: 'jsonb' })
  timings!: Partial<Record<RequestState | 'started', string>>;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  updatedAt!: Date;
}
