import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SentMedia1795000000033 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE sent_media (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        bot text NOT NULL,
        media_key text NOT NULL,
        quality text NOT NULL,
        kind text NOT NULL,
        fix_version integer NOT NULL,
        file_id text NOT NULL,
        file_unique_id text NOT NULL,
        as_document boolean NOT NULL,
        title text,
        width integer,
        height integer,
        duration_sec double precision,
        size_bytes bigint NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      )
    `);
    await runner.query(`
      CREATE UNIQUE INDEX sent_media_medium ON sent_media (bot, media_key, quality, kind, fix_version)
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE sent_media');
  }
}
