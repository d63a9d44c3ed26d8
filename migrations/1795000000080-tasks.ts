import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Tasks1795000000080 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE tasks (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        kind text NOT NULL,
        payload jsonb NOT NULL,
        dedup_key text,
        state text NOT NULL DEFAULT 'queued'
          CONSTRAINT tasks_state_check CHECK (state IN ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
        progress smallint NOT NULL DEFAULT 0 CONSTRAINT tasks_progress_check CHECK (progress BETWEEN 0 AND 100),
        step text,
        result jsonb,
        error jsonb,
        n integer NOT NULL DEFAULT 1,
        lease_until timestamptz,
        cancel_requested_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        started_at timestamptz,
        finished_at timestamptz
      )
    `);
    await runner.query('CREATE INDEX tasks_user ON tasks (user_id, created_at)');
    await runner.query(`CREATE INDEX tasks_unfinished ON tasks (user_id, state) WHERE state IN ('queued', 'running')`);
    await runner.query(`
      CREATE UNIQUE INDEX tasks_dedup ON tasks (user_id, kind, dedup_key) WHERE state IN ('queued', 'running')
    `);
    await runner.query('CREATE INDEX tasks_finished ON tasks (finished_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE tasks');
  }
}
