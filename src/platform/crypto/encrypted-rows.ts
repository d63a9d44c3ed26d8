import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import type { EncryptedColumn } from './encrypted-columns.js';

const BATCH = 200;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

export interface EncryptedRow {
  id: string;
  closed: string;
}

/** The ciphertexts of a declared column, of all users alike: for nothing but to encrypt them anew. */
@Injectable()
export class EncryptedRows {
  constructor(private readonly database: Database) {}

  /** All that are there, some at a time. */
  async *all({ table, column }: EncryptedColumn): AsyncGenerator<EncryptedRow> {
    let after = BEFORE_ALL;
    for (;;) {
      const batch = await this.database.query<EncryptedRow>(
        `SELECT id, ${column} AS closed FROM ${table} WHERE id > $1 AND ${column} IS NOT NULL ORDER BY id LIMIT ${BATCH}`,
        [after],
      );
      yield* batch;
      const last = batch.at(-1);
      if (last === undefined || batch.length < BATCH) return;
      after = last.id;
    }
  }

  /** @returns undefined when there is none any more */
  async closedOf({ table, column }: EncryptedColumn, id: string): Promise<string | undefined> {
    const [row] = await this.database.query<{ closed: string | null }>(
      `SELECT ${column} AS closed FROM ${table} WHERE id = $1`,
      [id],
    );
    return row?.closed ?? undefined;
  }

  /** @returns false when it has been changed since it was read, or is gone */
  async replace({ table, column }: EncryptedColumn, { id, closed }: EncryptedRow, fresh: string): Promise<boolean> {
    const replaced = await this.database.query(
      `UPDATE ${table} SET ${column} = $3 WHERE id = $1 AND ${column} = $2 RETURNING id`,
      [id, closed, fresh],
    );
    return replaced.length > 0;
  }
}
