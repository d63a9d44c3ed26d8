import type { MigrationInterface, QueryRunner } from 'typeorm';

export class TelegramOutbox1795000000011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE telegram_outbox (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        key text NOT NULL,
        bot text NOT NULL,
        chat_id bigint NOT NULL,
        lane text NOT NULL,
        kind text NOT NULL,
        method text NOT NULL,
        params jsonb NOT NULL,
        files jsonb NOT NULL,
        target_key text,
        topic text,
        reference text,
        state text NOT NULL DEFAULT 'pending',
        version integer NOT NULL DEFAULT 1,
        attempts integer NOT NULL DEFAULT 0,
        unknowns integer NOT NULL DEFAULT 0,
        due_at timestamptz NOT NULL DEFAULT now(),
        claim uuid,
        lease_until timestamptz,
        message_id bigint,
        result jsonb,
        error_code integer,
        error text,
        observed boolean NOT NULL DEFAULT false,
        created_at timestamptz NOT NULL DEFAULT now(),
        settled_at timestamptz
      )
    `);
    await runner.query('CREATE UNIQUE INDEX telegram_outbox_key ON telegram_outbox (key)');
    await runner.query(`
      CREATE INDEX telegram_outbox_moving ON telegram_outbox (bot, chat_id, lane, id)
      WHERE state IN ('pending', 'sending')
    `);
    await runner.query(`
      CREATE INDEX telegram_outbox_unobserved ON telegram_outbox (id)
      WHERE topic IS NOT NULL AND NOT observed AND state IN ('sent', 'failed', 'unknown')
    `);
    await runner.query(`
      CREATE INDEX telegram_outbox_waiting_words ON telegram_outbox (id) WHERE state = 'pending' AND files = '{}'
    `);
    await runner.query(`
      CREATE INDEX telegram_outbox_waiting_files ON telegram_outbox (id) WHERE state = 'pending' AND files <> '{}'
    `);
    await runner.query('CREATE INDEX telegram_outbox_settled ON telegram_outbox (settled_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE telegram_outbox');
  }
}
