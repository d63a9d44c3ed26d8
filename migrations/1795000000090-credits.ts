import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A double-entry ledger: entries are written once, and balances are what they add up to. */
export class Credits1795000000090 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE credit_accounts (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        owner_kind text NOT NULL
          CONSTRAINT credit_accounts_owner_kind_check CHECK (owner_kind IN ('tg_user', 'user', 'system')),
        owner_id text NOT NULL,
        unit text NOT NULL DEFAULT 'credit',
        available bigint NOT NULL DEFAULT 0,
        held bigint NOT NULL DEFAULT 0,
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT credit_accounts_balance_check CHECK (owner_kind = 'system' OR (available >= 0 AND held >= 0))
      )
    `);
    await runner.query('CREATE UNIQUE INDEX credit_accounts_owner ON credit_accounts (owner_kind, owner_id, unit)');
    await runner.query(`
      CREATE TABLE credit_entries (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        seq bigint GENERATED ALWAYS AS IDENTITY,
        transaction_id uuid NOT NULL,
        account_id uuid NOT NULL REFERENCES credit_accounts (id),
        kind text NOT NULL CONSTRAINT credit_entries_kind_check CHECK (
          kind IN ('grant', 'purchase', 'hold', 'capture', 'release', 'refund', 'expiry', 'adjustment')),
        available_delta bigint NOT NULL,
        held_delta bigint NOT NULL,
        available_after bigint NOT NULL,
        held_after bigint NOT NULL,
        reference text,
        idempotency_key text NOT NULL,
        actor text NOT NULL,
        note text,
        expires_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now()
      )
    `);
    await runner.query('CREATE UNIQUE INDEX credit_entries_idempotency_key ON credit_entries (idempotency_key)');
    await runner.query('CREATE INDEX credit_entries_account ON credit_entries (account_id, seq)');
    await runner.query('CREATE INDEX credit_entries_reference ON credit_entries (reference)');
    await runner.query('CREATE INDEX credit_entries_transaction ON credit_entries (transaction_id)');
    await runner.query(`CREATE UNIQUE INDEX credit_entries_one_hold ON credit_entries (reference) WHERE kind = 'hold'`);
    await runner.query(`
      CREATE UNIQUE INDEX credit_entries_one_end ON credit_entries (reference)
        WHERE kind IN ('capture', 'release') AND held_delta < 0
    `);
    await runner.query(`
      CREATE UNIQUE INDEX credit_entries_one_refund ON credit_entries (reference)
        WHERE kind = 'refund' AND available_delta > 0
    `);
    await runner.query(`
      CREATE FUNCTION credit_entries_are_final() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'credit_entries are written once: correct with another entry';
      END $$
    `);
    await runner.query(`
      CREATE TRIGGER credit_entries_final BEFORE UPDATE OR DELETE ON credit_entries
        FOR EACH ROW EXECUTE FUNCTION credit_entries_are_final()
    `);
    await runner.query(`
      CREATE TRIGGER credit_entries_not_truncated BEFORE TRUNCATE ON credit_entries
        FOR EACH STATEMENT EXECUTE FUNCTION credit_entries_are_final()
    `);
    await runner.query(`
      CREATE TABLE credit_lots (
        entry_id uuid PRIMARY KEY REFERENCES credit_entries (id),
        account_id uuid NOT NULL REFERENCES credit_accounts (id),
        remaining bigint NOT NULL CONSTRAINT credit_lots_remaining_check CHECK (remaining >= 0),
        expires_at timestamptz NOT NULL
      )
    `);
    await runner.query(
      'CREATE INDEX credit_lots_spendable ON credit_lots (account_id, expires_at) WHERE remaining > 0',
    );
    await runner.query('CREATE INDEX credit_lots_due ON credit_lots (expires_at) WHERE remaining > 0');
    await runner.query(`
      CREATE TABLE credit_lot_holds (
        hold_entry_id uuid NOT NULL REFERENCES credit_entries (id),
        lot_entry_id uuid NOT NULL REFERENCES credit_lots (entry_id),
        amount bigint NOT NULL CONSTRAINT credit_lot_holds_amount_check CHECK (amount > 0),
        PRIMARY KEY (hold_entry_id, lot_entry_id)
      )
    `);
    await runner.query(`
      CREATE TABLE credit_audits (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        checked_at timestamptz NOT NULL,
        ok boolean NOT NULL,
        checked jsonb NOT NULL,
        problems jsonb NOT NULL
      )
    `);
    await runner.query('CREATE INDEX credit_audits_checked_at ON credit_audits (checked_at)');
    await runner.query(`
      INSERT INTO credit_accounts (owner_kind, owner_id)
        VALUES ('system', 'issued'), ('system', 'spent'), ('system', 'expired')
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE credit_audits, credit_lot_holds, credit_lots, credit_entries, credit_accounts');
    await runner.query('DROP FUNCTION credit_entries_are_final');
  }
}
