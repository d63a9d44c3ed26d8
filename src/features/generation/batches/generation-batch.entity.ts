import { Check, Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { bigint } from '../../../platform/database/columns.js';

export const GENERATION_KINDS = ['ugc', 'ad', 'own'] as const;
export type GenerationKind = (typeof GENERATION_KINDS)[number];

/** What was confirmed with one press: 1, 3 or 5 jobs. */
@Entity('generation_batches')
@Check('generation_batches_kind_check', `kind IN ('ugc', 'ad', 'own')`)
@Check('generation_batches_size_check', `size > 0`)
@Index('generation_batches_draft', ['draftId'], { unique: true })
@Index('generation_batches_tg_user', ['tgUserId', 'createdAt'])
@Index('generation_batches_created', ['createdAt'])
export class GenerationBatch {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  /** Of the conversation: the button carries it, so that pressing twice makes one batch. */
  @Column({ type: 'uuid' })
  draftId!: string;

  @Column({ type: 'text' })
  bot!: string;

  @Column(bigint)
  chatId!: number;

  @Column(bigint)
  tgUserId!: number;

  @Column({ type: 'text' })
  language!: 'ru' | 'en';

  @Column({ type: 'text' })
  kind!: GenerationKind;

  @Column({ type: 'integer' })
  size!: number;

  /** Of all its jobs. */
  @Column({ type: 'integer' })
  costCredits!: number;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt!: Date;
}
