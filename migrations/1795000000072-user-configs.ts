import type { MigrationInterface, QueryRunner } from 'typeorm';

export class UserConfigs1795000000072 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE user_configs (
        user_id uuid PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
        document jsonb NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT now()
      )
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE user_configs');
  }
}
