import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { bigint } from '../../platform/database/columns.js';

/** What a message means to the one who gets it; decides what happens when nobody knows whether it has been sent. */
export type OutboxKind = 'status' | 'error' | 'notice' | 'result' | 'broadcast' | 'edit' | 'delete';

export type OutboxState =
  | 'pending'
  | 'sending'
  | 'sent'
  | 'failed'
  /** The call got no answer, and the message is of a kind that is not repeated. */
  | 'unknown'
  /** Something newer made it pointless: an edit of a message that is to be deleted. */
  | 'dropped';

/** A file of Nexus' storage that goes along, under the parameter it is sent as. */
export interface OutboxFile {
  key: string;
  filename: string;
}

/** A message that a bot has sent before, however long ago. */
export interface SentMessage {
  bot: string;
  chatId: number;
  messageId: number;
}

/** A call of the Bot API that is owed to a chat. */
@Entity('telegram_outbox')
@Index('telegram_outbox_key', ['key'], { unique: true })
@Index('telegram_outbox_moving', ['bot', 'chatId', 'lane', 'id'], { where: `state IN ('pending', 'sending')` })
@Index('telegram_outbox_unobserved', ['id'], {
  where: `topic IS NOT NULL AND NOT observed AND state IN ('sent', 'failed', 'unknown')`,
})
@Index('telegram_outbox_waiting_words', ['id'], { where: `state = 'pending' AND files = '{}'` })
@Index('telegram_outbox_waiting_files', ['id'], { where: `state = 'pending' AND files <> '{}'` })
@Index('telegram_outbox_settled', ['settledAt'])
export class OutboxMessage {
  @PrimaryGeneratedColumn('identity', { ...bigint, generatedIdentity: 'ALWAYS' })
  id!: number;

  @Column({ type: 'text' })
  key!: string;

  @Column({ type: 'text' })
  bot!: string;

  @Column(bigint)
  chatId!: number;

  /** Messages of one lane of a chat are sent in their order; a long upload holds up no other lane. */
  @Column({ type: 'text' })
  lane!: string;

  @Column({ type: 'text' })
  kind!: OutboxKind;

  @Column({ type: 'text' })
  method!: string;

  @Column({ type: 'jsonb' })
  params!: Record<string, unknown>;

  @Column({ type: 'jsonb' })
  files!: Record<string, OutboxFile>;

  /** Edits and deletions: the key of the message they are about. */
  @Column({ type: 'text', nullable: true })
  targetKey!: string | null;

  /** Who wants to hear how it ended, and of which of its rows. */
  @Column({ type: 'text', nullable: true })
  topic!: string | null;

  @Column({ type: 'text', nullable: true })
  reference!: string | null;

  @Column({ type: 'text', default: 'pending' })
  state!: OutboxState;

  /** Raised by each newer edit, so that one that came while an older was being sent is not lost. */
  @Column({ type: 'integer', default: 1 })
  version!: number;

  @Column({ type: 'integer', default: 0 })
  attempts!: number;

  /** How often a call ended without anybody knowing its outcome. */
  @Column({ type: 'integer', default: 0 })
  unknowns!: number;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  dueAt!: Date;

  @Column({ type: 'uuid', nullable: true })
  claim!: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  leaseUntil!: Date | null;

  @Column({ ...bigint, nullable: true })
  messageId!: number | null;

  /** Telegram's answer. */
  @Column({ type: 'jsonb', nullable: true })
  result!: unknown;

  @Column({ type: 'integer', nullable: true })
  errorCode!: number | null;

  @Column({ type: 'text', nullable: true })
  error!: string | null;

  @Column({ type: 'boolean', default: false })
  observed!: boolean;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', nullable: true })
  settledAt!: Date | null;
}
