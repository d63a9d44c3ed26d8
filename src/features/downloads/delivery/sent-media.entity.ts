import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { bigint } from '../../../platform/database/columns.js';

/** A medium that Telegram already has: sent again by its `file_id`, which is good for one bot only. */
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

  /** Which generation of our fixing made the file: a better one makes older entries void. */
  @Column({ type: 'integer' })
  fixVersion!: number;

  @Column({ type: 'text' })
  fileId!: string;

  @Column({ type: 'text' })
  fileUniqueId!: string;

  @Column({ type: 'boolean' })
  asDocument!: boolean;

  @Column({ type: 'text', nullable: true })
  title!: string | null;

  @Column({ type: 'integer', nullable: true })
  width!: number | null;

  @Column({ type: 'integer', nullable: true })
  height!: number | null;

  @Column({ type: 'double precision', nullable: true })
  durationSec!: number | null;

  @Column(bigint)
  sizeBytes!: number;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt!: Date;
}
