import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { OwnedByUser, OwnerColumn } from '../../../platform/database/owned-rows.js';
import type { NotificationEvent } from '../notification-events.js';
import { Webhook } from './webhook.entity.js';

export const DELIVERY_STATES = ['pending', 'delivered', 'failed'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** An event on its way to a webhook. */
@Entity('webhook_deliveries')
@Check('webhook_deliveries_state_check', `state IN ('pending', 'delivered', 'failed')`)
@Index('webhook_deliveries_webhook', ['webhookId', 'createdAt'])
@Index('webhook_deliveries_due', ['nextAttemptAt'], { where: `state = 'pending'` })
@Index('webhook_deliveries_created', ['createdAt'])
export class WebhookDelivery extends OwnedByUser {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @OwnerColumn()
  userId!: string;

  @ForeignKey(() => Webhook, { onDelete: 'CASCADE' })
  @Column('uuid')
  webhookId!: string;

  @Column('text')
  event!: NotificationEvent;

  /** JSON, sent byte for byte at every try: the signature is of it. */
  @Column('text')
  body!: string;

  @Column('text', { default: 'pending' })
  state!: DeliveryState;

  @Column('integer', { default: 0 })
  attempts!: number;

  @Column('timestamptz', { nullable: true })
  nextAttemptAt!: Date | null;

  /** HTTP status of the last answer. */
  @Column('integer', { nullable: true })
  lastStatus!: number | null;

  @Column('text', { nullable: true })
  lastError!: string | null;

  @Column('timestamptz')
  createdAt!: Date;

  @Column('timestamptz', { nullable: true })
  finishedAt!: Date | null;
}
