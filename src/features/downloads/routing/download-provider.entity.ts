import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

export type ProviderType = 'local' | 'api' | 'egress_pool';

/** A provider as the operator has set it up; the adapter is the code that does its work. */
@Entity('download_providers')
@Index('download_providers_name', ['name'], { unique: true })
export class DownloadProvider {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'text' })
  providerType!: ProviderType;

  @Column({ type: 'text' })
  adapter!: string;

  @Column({ type: 'boolean', default: true })
  isActive!: boolean;

  /** 1 is the highest. */
  @Column({ type: 'integer', default: 1 })
  priority!: number;

  @Column({ type: 'jsonb', default: {} })
  options!: { squarePixels?: boolean };

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  updatedAt!: Date;
}
