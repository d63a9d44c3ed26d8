import type { MigrationInterface, QueryRunner } from 'typeorm';

export class TelegramUpdates1795000000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE telegram_updates (
        bot text NOT NULL,
        update_id bigint NOT NULL,
        chat_id bigint NOT NULL,
        payload jsonb NOT NULL,
        state text NOT NULL DEFAULT 'pending',
        attempts integer NOT NULL DEFAULT 0,
        retry_at timestamptz NOT NULL DEFAULT now(),
        received_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (bot, update_id)
      )
    `);
    await runner.query(`
      CREATE INDEX telegram_updates_pending ON telegram_updates (bot, chat_id, update_id) WHERE state = 'pending'
    `);
    await runner.query(`
      CREATE INDEX telegram_updates_waiting ON telegram_updates (received_at) WHERE state = 'pending'
    `);
    await runner.query('CREATE INDEX telegram_updates_received ON telegram_updates (received_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE telegram_updates');
  }
}
