import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { Session } from './session.entity.js';

/** One refresh token: good for one use, and for some seconds more to those who did not hear the answer. */
@Entity('refresh_tokens')
@Index('refresh_tokens_hash', ['tokenHash'], { unique: true })
@Index('refresh_tokens_session', ['sessionId'])
@Index('refresh_tokens_expiry', ['expiresAt'])
export class RefreshToken {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @ForeignKey(() => Session, { onDelete: 'CASCADE' })
  @Column('uuid')
  sessionId!: string;

  /** SHA-256, base64url: of 256 random bits nothing slower is needed. */
  @Column('text')
  tokenHash!: string;

  @Column('timestamptz')
  issuedAt!: Date;

  @Column('timestamptz')
  expiresAt!: Date;

  /** When it was first exchanged. */
  @Column('timestamptz', { nullable: true })
  usedAt!: Date | null;
}
