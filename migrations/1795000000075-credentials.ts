import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Credentials1795000000075 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE credentials (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        platform text NOT NULL,
        account_name text NOT NULL,
        external_id text,
        secrets text NOT NULL,
        masked jsonb NOT NULL,
        status text NOT NULL DEFAULT 'active'
          CONSTRAINT credentials_status_check CHECK (status IN ('active', 'invalid', 'expired')),
        status_reason text,
        checked_at timestamptz,
        version integer NOT NULL DEFAULT 1,
        token_expires_at timestamptz,
        refreshing_until timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      )
    `);
    await runner.query('CREATE UNIQUE INDEX credentials_account ON credentials (user_id, platform, account_name)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE credentials');
  }
}
