import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who has put a key there: what the environment has put there goes when the environment has it no more. */
export class GenerationKeySources1795000000095 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE generation_keys ADD COLUMN source text NOT NULL DEFAULT 'operator'
        CONSTRAINT generation_keys_source_check CHECK (source IN ('operator', 'environment', 'stand_in'))
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE generation_keys DROP COLUMN source');
  }
}
