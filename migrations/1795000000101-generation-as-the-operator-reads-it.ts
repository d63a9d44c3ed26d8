import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How jobs have ended lately, how long they stayed in each phase, and which of them failed in the same way. */
export class GenerationAsTheOperatorReadsIt1795000000101 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX generation_jobs_ended ON generation_jobs (updated_at)
        WHERE status IN ('delivered', 'failed', 'cancelled')
    `);
    await runner.query(`
      CREATE INDEX generation_jobs_error_class ON generation_jobs (error_class, created_at)
        WHERE error_class IS NOT NULL
    `);
    await runner.query('CREATE INDEX generation_job_events_at ON generation_job_events (at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX generation_jobs_ended, generation_jobs_error_class, generation_job_events_at');
  }
}
