import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A model that KIE has switched off; it stays off until the operator says otherwise. */
@Entity('generation_paused_models')
export class PausedModel {
  @PrimaryColumn({ type: 'text' })
  slug!: string;

  @Column({ type: 'text' })
  reason!: string;

  @Column({ type: 'timestamptz' })
  pausedAt!: Date;
}
