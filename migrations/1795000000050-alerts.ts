import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Alerts1795000000050 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE alerts (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        name text NOT NULL,
        severity text NOT NULL,
        subject text NOT NULL,
        params jsonb NOT NULL,
        actions jsonb NOT NULL,
        quiet_min integer NOT NULL,
        count integer NOT NULL DEFAULT 1,
        tellings integer NOT NULL DEFAULT 0,
        presses jsonb NOT NULL,
        raised_at timestamptz NOT NULL,
        last_seen_at timestamptz NOT NULL,
        last_told_at timestamptz,
        resolved_at timestamptz
      )
    `);
    await runner.query('CREATE UNIQUE INDEX alerts_open ON alerts (name, subject) WHERE resolved_at IS NULL');
    await runner.query('CREATE INDEX alerts_told ON alerts (name, subject, last_told_at)');
    await runner.query('CREATE INDEX alerts_resolved ON alerts (resolved_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE alerts');
  }
}
