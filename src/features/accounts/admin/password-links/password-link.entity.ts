import { Column, Entity, Index } from 'typeorm';
import { OwnedByUser, OwnerKey } from '../../../../platform/database/owned-rows.js';

/** Lets whoever has its token set the password of an account, once. A new one takes the place of the one before. */
@Entity('password_links')
@Index('password_links_hash', ['tokenHash'], { unique: true })
@Index('password_links_expiry', ['expiresAt'])
export class PasswordLink extends OwnedByUser {
  @OwnerKey()
  userId!: string;

  /** SHA-256, base64url: of 256 random bits nothing slower is needed. */
  @Column('text')
  tokenHash!: string;

  @Column('timestamptz')
  expiresAt!: Date;
}
