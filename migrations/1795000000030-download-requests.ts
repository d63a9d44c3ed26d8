import type { MigrationInterface, QueryRunner } from 'typeorm';

export class DownloadRequests1795000000030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE download_requests (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        error_ref text NOT NULL,
        bot text NOT NULL,
        chat_id bigint NOT NULL,
        message_id bigint NOT NULL,
        tg_user_id bigint NOT NULL,
        language text NOT NULL,
        link text NOT NULL,
        canonical_url text NOT NULL,
        platform text NOT NULL,
        media_key text,
        options jsonb NOT NULL,
        state text NOT NULL DEFAULT 'queued',
        leader_id uuid,
        run integer NOT NULL DEFAULT 1,
        claim uuid,
        lease_until timestamptz,
        cancel_requested boolean NOT NULL DEFAULT false,
        in_background boolean NOT NULL DEFAULT false,
        rule_id uuid,
        title text,
        duration_sec double precision,
        fix text,
        fix_reason text,
        fix_ms integer,
        upload_ms integer,
        error_class text,
        error_code text,
        timings jsonb NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      )
    `);
    await runner.query('CREATE UNIQUE INDEX download_requests_error_ref ON download_requests (error_ref)');
    await runner.query('CREATE INDEX download_requests_created ON download_requests (created_at)');
    await runner.query('CREATE INDEX download_requests_leader ON download_requests (leader_id)');
    await runner.query(`
      CREATE INDEX download_requests_moving ON download_requests (created_at)
      WHERE state IN ('queued', 'finding', 'downloading', 'processing', 'uploading')
    `);
    await runner.query(`
      CREATE INDEX download_requests_medium ON download_requests (bot, media_key)
      WHERE state IN ('queued', 'finding', 'downloading', 'processing', 'uploading')
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE download_requests');
  }
}
