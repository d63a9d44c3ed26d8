import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Notifications1795000000085 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE notifications (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        event text NOT NULL,
        dedup_key text NOT NULL,
        params jsonb NOT NULL,
        read_at timestamptz,
        created_at timestamptz NOT NULL
      )
    `);
    await runner.query('CREATE UNIQUE INDEX notifications_dedup ON notifications (user_id, dedup_key)');
    await runner.query('CREATE INDEX notifications_user ON notifications (user_id, created_at)');
    await runner.query('CREATE INDEX notifications_created ON notifications (created_at)');
    await runner.query(`
      CREATE TABLE notification_settings (
        user_id uuid PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
        muted text[] NOT NULL DEFAULT '{}'
      )
    `);
    await runner.query(`
      CREATE TABLE telegram_links (
        user_id uuid PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
        bot text NOT NULL,
        tg_user_id bigint NOT NULL,
        chat_id bigint NOT NULL,
        linked_at timestamptz NOT NULL
      )
    `);
    await runner.query('CREATE INDEX telegram_links_person ON telegram_links (tg_user_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE telegram_links, notification_settings, notifications');
  }
}
