import type { MigrationInterface, QueryRunner } from 'typeorm';

export class DownloadRouting1795000000040 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE download_providers
        ADD COLUMN api_base_url text,
        ADD COLUMN api_host text,
        ADD COLUMN api_key text,
        ADD COLUMN rate_limit_per_min integer,
        ADD COLUMN cost_per_download_usd numeric(12, 6) NOT NULL DEFAULT 0,
        ADD COLUMN daily_budget_usd numeric(12, 6),
        ADD COLUMN auto_disable_over_budget boolean NOT NULL DEFAULT true,
        ADD COLUMN daily_spent_usd numeric(12, 6) NOT NULL DEFAULT 0,
        ADD COLUMN budget_reset_at timestamptz,
        ADD COLUMN quota jsonb,
        ADD COLUMN health_status text NOT NULL DEFAULT 'healthy',
        ADD COLUMN last_success_at timestamptz,
        ADD COLUMN last_error_at timestamptz,
        ADD COLUMN error_count_1h integer NOT NULL DEFAULT 0,
        ADD COLUMN success_rate_24h double precision,
        ADD COLUMN avg_speed_bytes_per_sec double precision
    `);
    await runner.query(`
      ALTER TABLE download_attempts
        ADD COLUMN quota jsonb,
        ADD COLUMN rest jsonb
    `);
    await runner.query('CREATE INDEX download_attempts_started ON download_attempts (started_at)');
    await runner.query(`
      CREATE INDEX download_attempts_resting ON download_attempts (request_id)
      WHERE outcome IS NULL AND rest IS NOT NULL
    `);
    await runner.query(`
      ALTER TABLE download_requests
        ADD COLUMN rests_until timestamptz,
        ADD COLUMN losses integer NOT NULL DEFAULT 0,
        ADD COLUMN progress jsonb NOT NULL DEFAULT '{}'
    `);
    await runner.query(`
      CREATE TABLE egress_endpoints (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        name text NOT NULL,
        url text NOT NULL,
        country text,
        is_active boolean NOT NULL DEFAULT true,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      )
    `);
    await runner.query('CREATE UNIQUE INDEX egress_endpoints_name ON egress_endpoints (name)');
    await runner.query(`
      CREATE TABLE slots (
        key text PRIMARY KEY,
        "limit" integer NOT NULL
      )
    `);
    await runner.query(`
      INSERT INTO slots (key, "limit") VALUES
        ('youtube:yt-dlp', 2), ('youtube:pytubefix', 2), ('youtube:rapidapi', 3), ('instagram:rapidapi', 5),
        ('tiktok:yt-dlp', 5), ('pinterest:yt-dlp', 5), ('telegram_upload', 10), ('ffmpeg', 3)
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE slots');
    await runner.query('DROP TABLE egress_endpoints');
    await runner.query(
      'ALTER TABLE download_requests DROP COLUMN rests_until, DROP COLUMN losses, DROP COLUMN progress',
    );
    await runner.query('DROP INDEX download_attempts_resting');
    await runner.query('DROP INDEX download_attempts_started');
    await runner.query('ALTER TABLE download_attempts DROP COLUMN quota, DROP COLUMN rest');
    await runner.query(`
      ALTER TABLE download_providers
        DROP COLUMN api_base_url, DROP COLUMN api_host, DROP COLUMN api_key, DROP COLUMN rate_limit_per_min,
        DROP COLUMN cost_per_download_usd, DROP COLUMN daily_budget_usd, DROP COLUMN auto_disable_over_budget,
        DROP COLUMN daily_spent_usd, DROP COLUMN budget_reset_at, DROP COLUMN quota, DROP COLUMN health_status,
        DROP COLUMN last_success_at, DROP COLUMN last_error_at, DROP COLUMN error_count_1h,
        DROP COLUMN success_rate_24h, DROP COLUMN avg_speed_bytes_per_sec
    `);
  }
}
