import type { MigrationInterface, QueryRunner } from 'typeorm';

export class GenerationJobs1795000000092 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE generation_photos (
        key text PRIMARY KEY,
        tg_user_id bigint NOT NULL,
        content_type text NOT NULL,
        size_bytes bigint NOT NULL,
        width integer NOT NULL,
        height integer NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        last_used_at timestamptz NOT NULL DEFAULT now()
      )
    `);
    await runner.query('CREATE INDEX generation_photos_last_used ON generation_photos (last_used_at)');
    await runner.query(`
      CREATE TABLE generation_batches (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        draft_id uuid NOT NULL,
        bot text NOT NULL,
        chat_id bigint NOT NULL,
        tg_user_id bigint NOT NULL,
        language text NOT NULL,
        kind text NOT NULL CONSTRAINT generation_batches_kind_check CHECK (kind IN ('ugc', 'ad', 'own')),
        size integer NOT NULL CONSTRAINT generation_batches_size_check CHECK (size > 0),
        cost_credits integer NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      )
    `);
    await runner.query('CREATE UNIQUE INDEX generation_batches_draft ON generation_batches (draft_id)');
    await runner.query('CREATE INDEX generation_batches_tg_user ON generation_batches (tg_user_id, created_at)');
    await runner.query('CREATE INDEX generation_batches_created ON generation_batches (created_at)');
    await runner.query(`
      CREATE TABLE generation_jobs (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        batch_id uuid NOT NULL REFERENCES generation_batches (id) ON DELETE CASCADE,
        tg_user_id bigint NOT NULL,
        bot text NOT NULL,
        kind text NOT NULL CONSTRAINT generation_jobs_kind_check CHECK (kind IN ('ugc', 'ad', 'own')),
        product_text text NOT NULL,
        wishes text,
        user_prompt text,
        photo_key text NOT NULL,
        template_id uuid REFERENCES generation_templates (id),
        final_prompt text,
        provider text NOT NULL DEFAULT 'kie',
        model text NOT NULL,
        key_id uuid,
        provider_task_id text,
        status text NOT NULL DEFAULT 'queued' CONSTRAINT generation_jobs_status_check CHECK (status IN (
          'queued', 'prompting', 'submitting', 'generating', 'delivering', 'delivered', 'failed', 'cancelled')),
        attempts integer NOT NULL DEFAULT 0,
        next_attempt_at timestamptz,
        look_at timestamptz,
        error_class text,
        error_code text,
        error_message text,
        result_url text,
        result_key text,
        result_file_id text,
        cost_credits integer NOT NULL,
        idempotency_key text NOT NULL,
        round integer NOT NULL DEFAULT 1,
        run integer NOT NULL DEFAULT 1,
        claim uuid,
        lease_until timestamptz,
        losses integer NOT NULL DEFAULT 0,
        timings jsonb NOT NULL DEFAULT '{}',
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      )
    `);
    await runner.query('CREATE UNIQUE INDEX generation_jobs_idempotency_key ON generation_jobs (idempotency_key)');
    await runner.query('CREATE INDEX generation_jobs_batch ON generation_jobs (batch_id)');
    await runner.query('CREATE INDEX generation_jobs_status ON generation_jobs (status, next_attempt_at)');
    await runner.query('CREATE INDEX generation_jobs_tg_user ON generation_jobs (tg_user_id, created_at)');
    await runner.query('CREATE INDEX generation_jobs_created ON generation_jobs (created_at)');
    await runner.query('CREATE INDEX generation_jobs_photo ON generation_jobs (photo_key)');
    await runner.query(`
      CREATE INDEX generation_jobs_moving ON generation_jobs (created_at)
        WHERE status IN ('queued', 'prompting', 'submitting', 'generating', 'delivering')
    `);
    await runner.query(`
      CREATE TABLE generation_job_events (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        job_id uuid NOT NULL REFERENCES generation_jobs (id) ON DELETE CASCADE,
        at timestamptz NOT NULL DEFAULT now(),
        "from" text,
        "to" text NOT NULL,
        note text
      )
    `);
    await runner.query('CREATE INDEX generation_job_events_job ON generation_job_events (job_id, id)');
    await runner.query(`
      CREATE TABLE generation_submissions (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        job_id uuid NOT NULL REFERENCES generation_jobs (id) ON DELETE CASCADE,
        attempt integer NOT NULL,
        model text NOT NULL,
        key_id uuid,
        account text NOT NULL,
        token_hash text NOT NULL,
        state text NOT NULL DEFAULT 'sending' CONSTRAINT generation_submissions_state_check CHECK (
          state IN ('sending', 'unanswered', 'accepted', 'refused', 'succeeded', 'failed', 'lost')),
        provider_task_id text,
        hinted_task_id text,
        sent_at timestamptz NOT NULL DEFAULT now(),
        answered_at timestamptz,
        ended_at timestamptz,
        called_back_at timestamptz
      )
    `);
    await runner.query(
      'CREATE UNIQUE INDEX generation_submissions_attempt ON generation_submissions (job_id, attempt)',
    );
    await runner.query('CREATE UNIQUE INDEX generation_submissions_task ON generation_submissions (provider_task_id)');
    await runner.query('CREATE INDEX generation_submissions_window ON generation_submissions (account, answered_at)');
    await runner.query(`CREATE INDEX generation_submissions_called_back ON generation_submissions (called_back_at)`);
    await runner.query(`CREATE INDEX generation_submissions_open ON generation_submissions (job_id)
      WHERE state IN ('sending', 'unanswered', 'accepted')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE generation_submissions, generation_job_events, generation_jobs, generation_batches, generation_photos',
    );
  }
}
