import type { MigrationInterface, QueryRunner } from 'typeorm';

export class DownloadProvidersAndRules1795000000031 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE download_providers (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        name text NOT NULL,
        provider_type text NOT NULL,
        adapter text NOT NULL,
        is_active boolean NOT NULL DEFAULT true,
        priority integer NOT NULL DEFAULT 1,
        options jsonb NOT NULL DEFAULT '{}',
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      )
    `);
    await runner.query('CREATE UNIQUE INDEX download_providers_name ON download_providers (name)');
    await runner.query(`
      CREATE TABLE routing_rules (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        platform text,
        duration_min_sec integer,
        duration_max_sec integer,
        file_size_max_mb integer NOT NULL DEFAULT 2000,
        provider_chain text[] NOT NULL,
        experiment jsonb,
        is_active boolean NOT NULL DEFAULT true,
        priority integer NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      )
    `);
    await runner.query('CREATE INDEX routing_rules_priority ON routing_rules (priority)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE routing_rules');
    await runner.query('DROP TABLE download_providers');
  }
}
