import { CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

/** An account whose rows are gone and whose files are still to go. Without a reference: its user is no more. */
@Entity('account_removals')
export class AccountRemoval {
  @PrimaryColumn('uuid')
  userId!: string;

  @CreateDateColumn({ type: 'timestamptz' })
  requestedAt!: Date;
}
