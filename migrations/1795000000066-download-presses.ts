import type { MigrationInterface, QueryRunner } from 'typeorm';

export class DownloadPresses1795000000066 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE download_requests ADD COLUMN press_key text');
    await runner.query(`
      CREATE UNIQUE INDEX download_requests_press ON download_requests (press_key)
      WHERE state IN ('queued', 'finding', 'downloading', 'processing', 'uploading')
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX download_requests_press');
    await runner.query('ALTER TABLE download_requests DROP COLUMN press_key');
  }
}
