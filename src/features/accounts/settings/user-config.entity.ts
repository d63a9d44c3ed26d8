import { Column, Entity, UpdateDateColumn } from 'typeorm';
import { OwnedByUser, OwnerKey } from '../../../platform/database/owned-rows.js';
import type { ConfigChoices } from './config-document.js';

/** What a user has chosen of how his recordings are treated. */
@Entity('user_configs')
export class UserConfig extends OwnedByUser {
  @OwnerKey()
  userId!: string;

  @Column('jsonb')
  document!: ConfigChoices;

  @UpdateDateColumn({ type: 'timestamptz' })
  updatedAt!: Date;
}
