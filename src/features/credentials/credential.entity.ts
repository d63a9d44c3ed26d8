import { Check, Column, CreateDateColumn, Entity, Index, PrimaryGeneratedColumn, UpdateDateColumn } from 'typeorm';
import { OwnedByUser, OwnerColumn } from '../../platform/database/owned-rows.js';
import type { CredentialPlatform } from './platforms/credential-platform.js';

/** `expired`: its tokens have run out and nothing renews them; `invalid`: the platform takes it no more. */
export const CREDENTIAL_STATUSES = ['active', 'invalid', 'expired'] as const;
export type CredentialStatus = (typeof CREDENTIAL_STATUSES)[number];

/** A user's account on another platform, and what opens it. */
@Entity('credentials')
@Check('credentials_status_check', `status IN ('active', 'invalid', 'expired')`)
@Index('credentials_account', ['userId', 'platform', 'accountName'], { unique: true })
export class Credential extends OwnedByUser {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @OwnerColumn()
  userId!: string;

  @Column('text')
  platform!: CredentialPlatform;

  @Column('text')
  accountName!: string;

  /** The account's id on the platform, once it has told it. */
  @Column('text', { nullable: true })
  externalId!: string | null;

  /** JSON of the secrets by field, encrypted in the context `credentials:{id}`. */
  @Column('text')
  secrets!: string;

  /** What may be shown of each secret. */
  @Column('jsonb')
  masked!: Record<string, string>;

  @Column('text', { default: 'active' })
  status!: CredentialStatus;

  @Column('text', { nullable: true })
  statusReason!: string | null;

  /** When the platform was last asked. */
  @Column('timestamptz', { nullable: true })
  checkedAt!: Date | null;

  /** Raised at every change of the secrets: who refreshed a token of an older one must not overwrite it. */
  @Column('integer', { default: 1 })
  version!: number;

  @Column('timestamptz', { nullable: true })
  tokenExpiresAt!: Date | null;

  /** Until then somebody is refreshing it; the others wait. */
  @Column('timestamptz', { nullable: true })
  refreshingUntil!: Date | null;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt!: Date;

  @UpdateDateColumn({ type: 'timestamptz' })
  updatedAt!: Date;
}
