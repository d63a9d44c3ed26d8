import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Errors1795000000052 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE errors (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        source text NOT NULL,
        platform text,
        provider text,
        type text NOT NULL,
        code text NOT NULL,
        message text NOT NULL,
        error_ref text,
        subject_id text,
        version text,
        signature text NOT NULL,
        at timestamptz NOT NULL
      )
    `);
    await runner.query('CREATE INDEX errors_at ON errors (at)');
    await runner.query('CREATE INDEX errors_source ON errors (source, at)');
    await runner.query('CREATE INDEX errors_platform ON errors (platform, at)');
    await runner.query('CREATE INDEX errors_provider ON errors (provider, at)');
    await runner.query('CREATE INDEX errors_type ON errors (type, at)');
    await runner.query('CREATE INDEX errors_code ON errors (code, at)');
    await runner.query('CREATE INDEX errors_signature ON errors (signature, at)');
    await runner.query('CREATE INDEX errors_error_ref ON errors (error_ref)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE errors');
  }
}
