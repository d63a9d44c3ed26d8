import { Column, Entity } from 'typeorm';
import { OwnedByUser, OwnerKey } from '../../platform/database/owned-rows.js';
import type { NotificationEvent } from './notification-events.js';

/** What an owner does not want to hear of. */
@Entity('notification_settings')
export class NotificationSettings extends OwnedByUser {
  @OwnerKey()
  userId!: string;

  @Column('text', { array: true, default: () => `'{}'` })
  muted!: NotificationEvent[];
}
