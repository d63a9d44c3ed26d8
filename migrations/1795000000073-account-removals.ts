import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AccountRemovals1795000000073 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE account_removals (
        user_id uuid PRIMARY KEY,
        requested_at timestamptz NOT NULL DEFAULT now()
      )
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE account_removals');
  }
}
