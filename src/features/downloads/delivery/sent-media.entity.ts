import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { SentFile } from './sent-file.js';

/** A medium that Telegram already has: sent again by its files' ids, which are good for one bot only. */
@Entity('sent_media')
@Index('sent_media_medium', ['bot', 'mediaKey', 'quality', 'kind', 'fixVersion'], { unique: true })
export class SentMedia {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column({ type: 'text' })
  bot!: string;

  @Column({ type: 'text' })
  mediaKey!: string;

  @Column({ type: 'text' })
  quality!: string;

  @Column({ type: 'text' })
  kind!: 'video' | 'audio';

  /** Which generation of our fixing made the files: a better one makes older entries void. */
  @Column({ type: 'integer' })
  fixVersion!: number;

  @Column({ type: 'text', nullable: true })
  title!: string | null;

  /** One for most; those of an album in their order. */
  @Column({ type: 'jsonb' })
  files!: SentFile[];

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt!: Date;
}
