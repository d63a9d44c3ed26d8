import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SentAlbums1795000000065 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE sent_media ADD COLUMN files jsonb');
    await runner.query(`
      UPDATE sent_media SET files = jsonb_build_array(jsonb_build_object(
        'kind', CASE WHEN as_document THEN 'document' ELSE 'video' END,
        'fileId', file_id, 'fileUniqueId', file_unique_id, 'sizeBytes', size_bytes,
        'width', width, 'height', height, 'durationSec', duration_sec))
    `);
    await runner.query(`
      ALTER TABLE sent_media
        ALTER COLUMN files SET NOT NULL,
        DROP COLUMN file_id, DROP COLUMN file_unique_id, DROP COLUMN as_document, DROP COLUMN size_bytes,
        DROP COLUMN width, DROP COLUMN height, DROP COLUMN duration_sec
    `);
    await runner.query(`ALTER TABLE download_requests ADD COLUMN parts jsonb NOT NULL DEFAULT '[]'`);
    await runner.query(`UPDATE download_requests SET parts = '[null]' WHERE state = 'uploading'`);
  }

  /** Albums have no place in the older table: they are downloaded again when somebody asks. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE download_requests DROP COLUMN parts');
    await runner.query(
      `DELETE FROM sent_media WHERE jsonb_array_length(files) <> 1 OR files->0->>'kind' NOT IN ('video', 'document')`,
    );
    await runner.query(`
      ALTER TABLE sent_media
        ADD COLUMN file_id text, ADD COLUMN file_unique_id text, ADD COLUMN as_document boolean, ADD COLUMN size_bytes bigint,
        ADD COLUMN width integer, ADD COLUMN height integer, ADD COLUMN duration_sec double precision
    `);
    await runner.query(`
      UPDATE sent_media SET
        file_id = files->0->>'fileId', file_unique_id = files->0->>'fileUniqueId',
        as_document = files->0->>'kind' = 'document', size_bytes = (files->0->>'sizeBytes')::bigint,
        width = (files->0->>'width')::integer, height = (files->0->>'height')::integer,
        duration_sec = (files->0->>'durationSec')::double precision
    `);
    await runner.query(`
      ALTER TABLE sent_media
        ALTER COLUMN file_id SET NOT NULL, ALTER COLUMN file_unique_id SET NOT NULL,
        ALTER COLUMN as_document SET NOT NULL, ALTER COLUMN size_bytes SET NOT NULL,
        DROP COLUMN files
    `);
  }
}
