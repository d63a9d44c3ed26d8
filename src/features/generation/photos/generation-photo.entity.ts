import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { bigint } from '../../../platform/database/columns.js';

/** A picture of a product that somebody has sent. It is kept for a while after its last job. */
@Entity('generation_photos')
@Index('generation_photos_last_used', ['lastUsedAt'])
export class GenerationPhoto {
  /** Of the storage: `generation/photos/{uuid}.{ext}`; links lead others to it, so it tells nothing of the person. */
  @PrimaryColumn({ type: 'text' })
  key!: string;

  @Column(bigint)
  tgUserId!: number;

  @Column({ type: 'text' })
  contentType!: 'image/jpeg' | 'image/png' | 'image/webp';

  @Column(bigint)
  sizeBytes!: number;

  @Column({ type: 'integer' })
  width!: number;

  @Column({ type: 'integer' })
  height!: number;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  lastUsedAt!: Date;
}
