import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { Platform } from '../links/media-link.js';
import type { Rule } from './route.js';

@Entity('routing_rules')
@Index('routing_rules_priority', ['priority'])
export class RoutingRule implements Rule {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column({ type: 'text', nullable: true })
  platform!: Platform | null;

  @Column({ type: 'integer', nullable: true })
  durationMinSec!: number | null;

  @Column({ type: 'integer', nullable: true })
  durationMaxSec!: number | null;

  @Column({ type: 'integer', default: 2_000 })
  fileSizeMaxMb!: number;

  @Column({ type: 'text', array: true })
  providerChain!: string[];

  /** A share of the traffic that takes another chain; not looked at yet. */
  @Column({ type: 'jsonb', nullable: true })
  experiment!: { chain: string[]; share: number; isActive: boolean } | null;

  @Column({ type: 'boolean', default: true })
  isActive!: boolean;

  @Column({ type: 'integer' })
  priority!: number;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  updatedAt!: Date;
}
