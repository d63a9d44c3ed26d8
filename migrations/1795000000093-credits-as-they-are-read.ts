import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lines are listed from the newest on; the proof asks which holds have drawn on a lot. */
export class CreditsAsTheyAreRead1795000000093 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE UNIQUE INDEX credit_entries_seq ON credit_entries (seq)');
    await runner.query('CREATE INDEX credit_lot_holds_lot ON credit_lot_holds (lot_entry_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX credit_lot_holds_lot, credit_entries_seq');
  }
}
