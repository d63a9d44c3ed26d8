import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Update } from 'telegraf/types';
import { bigint } from '../../platform/database/columns.js';

/** An update that Telegram has given us, kept until it is handled and for a while after, so that repeats are known. */
@Entity('telegram_updates')
@Index('telegram_updates_pending', ['bot', 'chatId', 'updateId'], { where: `state = 'pending'` })
@Index('telegram_updates_waiting', ['receivedAt'], { where: `state = 'pending'` })
@Index('telegram_updates_received', ['receivedAt'])
export class TelegramUpdate {
  @PrimaryColumn({ type: 'text' })
  bot!: string;

  @PrimaryColumn(bigint)
  updateId!: number;

  /** Updates of one chat are handled in their order; 0 for those that belong to none. */
  @Column(bigint)
  chatId!: number;

  @Column({ type: 'jsonb' })
  payload!: Update;

  @Column({ type: 'text', default: 'pending' })
  state!: 'pending' | 'done' | 'failed';

  @Column({ type: 'integer', default: 0 })
  attempts!: number;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  retryAt!: Date;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  receivedAt!: Date;
}
