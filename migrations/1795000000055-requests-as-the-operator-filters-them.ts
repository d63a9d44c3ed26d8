import type { MigrationInterface, QueryRunner } from 'typeorm';

export class RequestsAsTheOperatorFiltersThem1795000000055 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX download_requests_state ON download_requests (state, created_at)');
    await runner.query('CREATE INDEX download_requests_platform ON download_requests (platform, created_at)');
    await runner.query('CREATE INDEX download_requests_tg_user ON download_requests (tg_user_id, created_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX download_requests_tg_user');
    await runner.query('DROP INDEX download_requests_platform');
    await runner.query('DROP INDEX download_requests_state');
  }
}
