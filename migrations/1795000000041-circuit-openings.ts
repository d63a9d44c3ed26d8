import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CircuitOpenings1795000000041 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE circuit_openings (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        key text NOT NULL,
        provider text,
        level integer NOT NULL,
        reason text NOT NULL,
        opened_at timestamptz NOT NULL,
        open_until timestamptz,
        closed_at timestamptz,
        opened_by_attempt text NOT NULL
      )
    `);
    await runner.query('CREATE INDEX circuit_openings_unclosed ON circuit_openings (key) WHERE closed_at IS NULL');
    await runner.query('CREATE INDEX circuit_openings_provider ON circuit_openings (provider, opened_at)');
    await runner.query('CREATE INDEX circuit_openings_opened ON circuit_openings (opened_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE circuit_openings');
  }
}
