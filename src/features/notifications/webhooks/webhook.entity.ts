import { Column, CreateDateColumn, Entity, Index, PrimaryGeneratedColumn, UpdateDateColumn } from 'typeorm';
import { OwnedByUser, OwnerColumn } from '../../../platform/database/owned-rows.js';
import type { NotificationEvent } from '../notification-events.js';

/** An address of an owner's own that is told of events. */
@Entity('webhooks')
@Index('webhooks_user', ['userId'])
export class Webhook extends OwnedByUser {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @OwnerColumn()
  userId!: string;

  @Column('text')
  url!: string;

  @Column('text', { array: true })
  events!: NotificationEvent[];

  /** Signs what is sent; encrypted in the context `webhooks:{id}`. */
  @Column('text')
  secret!: string;

  @Column('boolean', { default: true })
  isActive!: boolean;

  /** Why it was switched off by itself. */
  @Column('text', { nullable: true })
  disabledReason!: string | null;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt!: Date;

  @UpdateDateColumn({ type: 'timestamptz' })
  updatedAt!: Date;
}
