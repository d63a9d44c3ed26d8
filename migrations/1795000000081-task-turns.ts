import type { MigrationInterface, QueryRunner } from 'typeorm';

export class TaskTurns1795000000081 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE tasks ADD COLUMN turn bigserial, ADD COLUMN losses integer NOT NULL DEFAULT 0');
    await runner.query(`CREATE INDEX tasks_turns ON tasks (user_id, turn) WHERE state = 'queued'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX tasks_turns');
    await runner.query('ALTER TABLE tasks DROP COLUMN turn, DROP COLUMN losses');
  }
}
