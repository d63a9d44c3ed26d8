import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { bigint } from '../../../platform/database/columns.js';
import type { OperatorDay } from '../../ops/index.js';

/** Credits that somebody got with his first photo. */
@Entity('generation_welcomes')
@Check('generation_welcomes_credits_check', 'credits > 0')
@Index('generation_welcomes_day', ['day'])
export class GenerationWelcome {
  @PrimaryColumn(bigint)
  tgUserId!: number;

  @Column({ type: 'date' })
  day!: OperatorDay;

  @Column({ type: 'integer' })
  credits!: number;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt!: Date;
}
