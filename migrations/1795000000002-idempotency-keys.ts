import type { MigrationInterface, QueryRunner } from 'typeorm';

export class IdempotencyKeys1795000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE idempotency_keys (
        caller text NOT NULL,
        route text NOT NULL,
        key text NOT NULL,
        request_hash text NOT NULL,
        claim uuid NOT NULL,
        started_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        status smallint,
        answer text,
        CONSTRAINT idempotency_keys_pkey PRIMARY KEY (caller, route, key)
      )`);
    await runner.query('CREATE UNIQUE INDEX idempotency_keys_claim_key ON idempotency_keys (claim)');
    await runner.query('CREATE INDEX idempotency_keys_expires_at_idx ON idempotency_keys (expires_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE idempotency_keys');
  }
}
