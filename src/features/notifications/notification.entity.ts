import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { OwnedByUser, OwnerColumn } from '../../platform/database/owned-rows.js';
import type { NotificationEvent, NotificationParams } from './notification-events.js';

/** Something that an owner is told, once. */
@Entity('notifications')
@Index('notifications_dedup', ['userId', 'dedupKey'], { unique: true })
@Index('notifications_user', ['userId', 'createdAt'])
@Index('notifications_created', ['createdAt'])
export class Notification extends OwnedByUser {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @OwnerColumn()
  userId!: string;

  @Column('text')
  event!: NotificationEvent;

  @Column('text')
  dedupKey!: string;

  @Column('jsonb')
  params!: NotificationParams;

  @Column('timestamptz', { nullable: true })
  readAt!: Date | null;

  @Column('timestamptz')
  createdAt!: Date;
}
