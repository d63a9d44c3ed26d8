import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AuditLog1795000000051 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE audit_log (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        actor text NOT NULL,
        action text NOT NULL,
        subject text NOT NULL,
        before jsonb,
        after jsonb,
        at timestamptz NOT NULL
      )
    `);
    await runner.query('CREATE INDEX audit_log_at ON audit_log (at)');
    await runner.query('CREATE INDEX audit_log_subject ON audit_log (subject, at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE audit_log');
  }
}
