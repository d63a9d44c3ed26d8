import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who has got welcome credits, and on which of the operator's days: a day has so many for all newcomers. */
export class GenerationWelcomes1795000000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE generation_welcomes (
        tg_user_id bigint PRIMARY KEY,
        day date NOT NULL,
        credits integer NOT NULL CONSTRAINT generation_welcomes_credits_check CHECK (credits > 0),
        created_at timestamptz NOT NULL DEFAULT now()
      )
    `);
    await runner.query('CREATE INDEX generation_welcomes_day ON generation_welcomes (day)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE generation_welcomes');
  }
}
