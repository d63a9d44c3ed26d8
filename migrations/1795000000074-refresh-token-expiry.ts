import type { MigrationInterface, QueryRunner } from 'typeorm';

export class RefreshTokenExpiry1795000000074 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX refresh_tokens_expiry ON refresh_tokens (expires_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX refresh_tokens_expiry');
  }
}
