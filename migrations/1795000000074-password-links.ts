import type { MigrationInterface, QueryRunner } from 'typeorm';

export class PasswordLinks1795000000074 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE password_links (
        user_id uuid PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
        token_hash text NOT NULL,
        expires_at timestamptz NOT NULL
      )
    `);
    await runner.query('CREATE UNIQUE INDEX password_links_hash ON password_links (token_hash)');
    await runner.query('CREATE INDEX password_links_expiry ON password_links (expires_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE password_links');
  }
}
