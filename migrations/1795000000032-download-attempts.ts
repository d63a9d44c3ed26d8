import type { MigrationInterface, QueryRunner } from 'typeorm';

export class DownloadAttempts1795000000032 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE download_attempts (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        request_id uuid NOT NULL
          CONSTRAINT download_attempts_request_fk REFERENCES download_requests (id) ON DELETE CASCADE,
        provider text NOT NULL,
        egress text NOT NULL,
        platform text NOT NULL,
        duration_bucket text NOT NULL,
        rule_id uuid,
        reason text NOT NULL,
        started_at timestamptz NOT NULL,
        ended_at timestamptz,
        outcome text,
        error_class text,
        error_code text,
        message text,
        tries jsonb NOT NULL,
        download_host text,
        redirect_chain jsonb NOT NULL,
        ttfb_ms integer,
        download_time_ms integer,
        file_size_bytes bigint,
        download_speed_bytes_per_sec double precision,
        cost_usd numeric(12, 6) NOT NULL DEFAULT 0
      )
    `);
    await runner.query('CREATE INDEX download_attempts_request ON download_attempts (request_id, started_at)');
    await runner.query('CREATE INDEX download_attempts_provider ON download_attempts (provider, started_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE download_attempts');
  }
}
