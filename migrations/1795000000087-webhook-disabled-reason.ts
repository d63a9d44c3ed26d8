import type { MigrationInterface, QueryRunner } from 'typeorm';

export class WebhookDisabledReason1795000000087 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE webhooks ADD COLUMN disabled_reason text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE webhooks DROP COLUMN disabled_reason');
  }
}
