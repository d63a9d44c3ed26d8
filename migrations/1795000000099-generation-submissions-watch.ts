import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How long a lost answer is waited for, and a task may be unknown, is counted on the row itself. */
export class GenerationSubmissionsWatch1795000000099 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE generation_submissions ADD COLUMN given_up_at timestamptz, ADD COLUMN unknown_since timestamptz
    `);
    await runner.query(`CREATE INDEX generation_submissions_sending ON generation_submissions (sent_at)
      WHERE state = 'sending'`);
    await runner.query(`CREATE INDEX generation_submissions_of_key ON generation_submissions (key_id)
      WHERE state IN ('sending', 'unanswered', 'accepted')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX generation_submissions_of_key');
    await runner.query('DROP INDEX generation_submissions_sending');
    await runner.query('ALTER TABLE generation_submissions DROP COLUMN given_up_at, DROP COLUMN unknown_since');
  }
}
