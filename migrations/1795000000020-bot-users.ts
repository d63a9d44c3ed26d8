import type { MigrationInterface, QueryRunner } from 'typeorm';

export class BotUsers1795000000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE bot_users (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        bot text NOT NULL,
        tg_user_id bigint NOT NULL,
        username text,
        name text NOT NULL,
        language text NOT NULL,
        language_chosen boolean NOT NULL DEFAULT false,
        first_seen_at timestamptz NOT NULL DEFAULT now(),
        last_seen_at timestamptz NOT NULL DEFAULT now(),
        blocked_bot_at timestamptz,
        banned_at timestamptz
      )
    `);
    await runner.query('CREATE UNIQUE INDEX bot_users_bot_person ON bot_users (bot, tg_user_id)');
    await runner.query('CREATE INDEX bot_users_last_seen ON bot_users (last_seen_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE bot_users');
  }
}
