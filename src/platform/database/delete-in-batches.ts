import type { Database } from './database.js';

/** Few enough that nobody waits for their locks. */
const BATCH = 1_000;

/** Rows of a table with an `id`. Its name and the condition are SQL. */
interface Doomed {
  from: string;
  where: string;
  /** `$1` and on, in `where`. */
  parameters: unknown[];
}

/**
 * Deletes all these rows, a little at a time; those that have been changed meanwhile and are none of them any more stay.
 * Stops after the batch in which `signal` is aborted.
 */
export async function deleteInBatches(
  database: Database,
  { from, where, parameters }: Doomed,
  signal?: AbortSignal,
): Promise<void> {
  let deleted: unknown[];
  do {
    deleted = await database.query(
      `DELETE FROM ${from} WHERE id = ANY(ARRAY(SELECT id FROM ${from} WHERE ${where} LIMIT ${BATCH})) AND (${where})
       RETURNING 1`,
      parameters,
    );
  } while (deleted.length === BATCH && !signal?.aborted);
}
