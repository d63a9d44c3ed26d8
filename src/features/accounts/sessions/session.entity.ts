import { Check, Column, CreateDateColumn, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { OwnedByUser, OwnerColumn } from '../../../platform/database/owned-rows.js';

/** `cookie`: its refresh tokens travel in a cookie that scripts of a page cannot read; `token`: in JSON. */
export const SESSION_KINDS = ['token', 'cookie'] as const;
export type SessionKind = (typeof SESSION_KINDS)[number];

export type EndReason = 'logout' | 'logout_all' | 'password' | 'reused' | 'disabled';

/** One signing in and the family of refresh tokens that goes back to it. */
@Entity('sessions')
@Check('sessions_kind_check', `kind IN ('token', 'cookie')`)
@Index('sessions_user', ['userId'])
@Index('sessions_expiry', ['expiresAt'])
export class Session extends OwnedByUser {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @OwnerColumn()
  userId!: string;

  @Column('text')
  kind!: SessionKind;

  @Column('text', { nullable: true })
  userAgent!: string | null;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt!: Date;

  @Column('timestamptz')
  lastUsedAt!: Date;

  /** Of its youngest refresh token. */
  @Column('timestamptz')
  expiresAt!: Date;

  @Column('timestamptz', { nullable: true })
  endedAt!: Date | null;

  @Column('text', { nullable: true })
  endReason!: EndReason | null;
}
