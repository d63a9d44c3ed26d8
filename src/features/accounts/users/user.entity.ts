import { Check, Column, CreateDateColumn, Entity, Index, PrimaryGeneratedColumn, UpdateDateColumn } from 'typeorm';
import type { UserRole } from '../../../platform/auth/principal.js';
import type { Permissions, QuotaLimits } from '../limits/limits.js';

export const LANGUAGES = ['en', 'ru'] as const;
export type Language = (typeof LANGUAGES)[number];

/** An account of the API and the panel. E-mail addresses differ by more than case. */
@Entity('users')
@Check('users_role_check', `role IN ('user', 'admin')`)
@Check('users_language_check', `language IN ('en', 'ru')`)
// On lower(email), which TypeORM cannot express.
@Index('users_email_key', { synchronize: false })
export class User {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('text')
  email!: string;

  /** Argon2id in PHC format. */
  @Column('text')
  passwordHash!: string;

  @Column('text', { default: '' })
  name!: string;

  @Column('text', { default: 'user' })
  role!: UserRole;

  @Column('boolean', { default: true })
  isActive!: boolean;

  @Column('text', { default: 'en' })
  language!: Language;

  /** IANA name. */
  @Column('text', { default: 'UTC' })
  timezone!: string;

  @Column('jsonb')
  permissions!: Permissions;

  @Column('jsonb')
  quotas!: QuotaLimits;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt!: Date;

  @UpdateDateColumn({ type: 'timestamptz' })
  updatedAt!: Date;
}
