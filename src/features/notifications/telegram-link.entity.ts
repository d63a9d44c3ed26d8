import { Column, Entity, Index } from 'typeorm';
import { bigint } from '../../platform/database/columns.js';
import { OwnedByUser, OwnerKey } from '../../platform/database/owned-rows.js';

/** The chat in which an owner is told, and whose buttons count as his. */
@Entity('telegram_links')
@Index('telegram_links_person', ['tgUserId'])
export class TelegramLink extends OwnedByUser {
  @OwnerKey()
  userId!: string;

  @Column('text')
  bot!: string;

  @Column(bigint)
  tgUserId!: number;

  @Column(bigint)
  chatId!: number;

  @Column('timestamptz')
  linkedAt!: Date;
}
