import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { bigint } from '../../platform/database/columns.js';
import type { Language } from '../../telegram/index.js';

/** A person who has written to one of the bots. */
@Entity('bot_users')
@Index('bot_users_bot_person', ['bot', 'tgUserId'], { unique: true })
@Index('bot_users_last_seen', ['lastSeenAt'])
export class BotUser {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column({ type: 'text' })
  bot!: string;

  @Column(bigint)
  tgUserId!: number;

  @Column({ type: 'text', nullable: true })
  username!: string | null;

  @Column({ type: 'text' })
  name!: string;

  /** What his Telegram is set to, or what he chose. */
  @Column({ type: 'text' })
  language!: Language;

  @Column({ type: 'boolean', default: false })
  languageChosen!: boolean;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  firstSeenAt!: Date;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  lastSeenAt!: Date;

  @Column({ type: 'timestamptz', nullable: true })
  blockedBotAt!: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  bannedAt!: Date | null;
}
