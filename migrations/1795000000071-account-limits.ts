import type { MigrationInterface, QueryRunner } from 'typeorm';

const PERMISSIONS = '{"canTranscribe": true, "canUpload": true, "canDeleteRecordings": true}';
const QUOTAS = `{
  "maxRecordingsPerMonth": 100, "maxStorageBytes": 53687091200, "maxConcurrentTasks": 3,
  "maxAutomationJobs": 5, "minAutomationIntervalHours": 1
}`;

export class AccountLimits1795000000071 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE users ADD COLUMN permissions jsonb, ADD COLUMN quotas jsonb');
    await runner.query('UPDATE users SET permissions = $1, quotas = $2', [PERMISSIONS, QUOTAS]);
    await runner.query(`
      ALTER TABLE users ALTER COLUMN permissions SET NOT NULL, ALTER COLUMN quotas SET NOT NULL
    `);
    await runner.query(`
      CREATE TABLE quota_usage (
        user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        quota text NOT NULL,
        period text NOT NULL,
        used bigint NOT NULL CONSTRAINT quota_usage_used_check CHECK (used >= 0),
        PRIMARY KEY (user_id, quota, period)
      )
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE quota_usage');
    await runner.query('ALTER TABLE users DROP COLUMN permissions, DROP COLUMN quotas');
  }
}
