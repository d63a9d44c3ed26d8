import type { MigrationInterface, QueryRunner } from 'typeorm';

export class GenerationKeysModelsTemplates1795000000091 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE generation_keys (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        name text NOT NULL,
        account text NOT NULL,
        api_key text NOT NULL,
        status text NOT NULL DEFAULT 'active' CONSTRAINT generation_keys_status_check CHECK (
          status IN ('active', 'rate_limited', 'billing_blocked', 'invalid', 'disabled')),
        blocked_until timestamptz,
        block_reason text,
        rate_limits integer NOT NULL DEFAULT 0,
        in_flight integer NOT NULL DEFAULT 0 CONSTRAINT generation_keys_in_flight_check CHECK (in_flight >= 0),
        requests integer NOT NULL DEFAULT 0,
        failures integer NOT NULL DEFAULT 0,
        last_used_at timestamptz,
        balance double precision,
        balance_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      )
    `);
    await runner.query('CREATE UNIQUE INDEX generation_keys_name ON generation_keys (name)');
    await runner.query(`
      CREATE TABLE generation_paused_models (
        slug text PRIMARY KEY,
        reason text NOT NULL,
        paused_at timestamptz NOT NULL
      )
    `);
    await runner.query(`
      CREATE TABLE generation_templates (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        name text NOT NULL,
        kind text NOT NULL CONSTRAINT generation_templates_kind_check CHECK (kind IN ('ugc', 'ad')),
        version integer NOT NULL,
        body text NOT NULL,
        fallback text NOT NULL,
        model text,
        weight integer NOT NULL DEFAULT 1 CONSTRAINT generation_templates_weight_check CHECK (weight >= 0),
        is_active boolean NOT NULL DEFAULT true,
        source text NOT NULL CONSTRAINT generation_templates_source_check CHECK (source IN ('file', 'operator')),
        created_at timestamptz NOT NULL DEFAULT now()
      )
    `);
    await runner.query('CREATE UNIQUE INDEX generation_templates_version ON generation_templates (name, version)');
    await runner.query(
      'CREATE UNIQUE INDEX generation_templates_active ON generation_templates (name) WHERE is_active',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE generation_templates, generation_paused_models, generation_keys');
  }
}
