import { Injectable } from '@nestjs/common';
import { EncryptedColumns, type EncryptedColumn } from './encrypted-columns.js';
import { EncryptedRows, type EncryptedRow } from './encrypted-rows.js';
import { keyIdOf, KeyRing } from './key-ring.js';

/** A row that somebody writes again and again without knowing the newest key is left to him. */
const TRIES = 5;

type Outcome = 'reencrypted' | 'current' | 'unopened' | 'lost';

export interface ColumnReport {
  /** `credentials.secrets`. */
  column: string;
  /** How many have been encrypted anew. */
  reencrypted: number;
  /** How many had been encrypted with the newest key before. */
  current: number;
  /** Ids of the rows that do not open: their key is gone, or they are damaged. */
  unopened: string[];
  /** Other keys than the newest that rows are encrypted with, now that it is done; some of them may be gone. */
  otherKeys: string[];
}

/**
 * Encrypts with the newest key whatever is encrypted with another. It changes one row at a time, and only as it was read:
 * the service may run meanwhile, and a run that was killed is made up for by the next.
 */
@Injectable()
export class Reencryption {
  constructor(
    private readonly columns: EncryptedColumns,
    private readonly rows: EncryptedRows,
    private readonly keys: KeyRing,
  ) {}

  /** Column by column, as each is done. */
  async *run(): AsyncGenerator<ColumnReport> {
    for (const column of this.columns.all()) yield await this.runOn(column);
  }

  private async runOn(column: EncryptedColumn): Promise<ColumnReport> {
    const count = { reencrypted: 0, current: 0 };
    const unopened: string[] = [];
    for await (const row of this.rows.all(column)) {
      const outcome = await this.reencrypt(column, row);
      if (outcome === 'unopened') unopened.push(row.id);
      else if (outcome !== 'lost') count[outcome] += 1;
    }
    const otherKeys = await this.otherKeys(column);
    return { column: `${column.table}.${column.column}`, ...count, unopened, otherKeys };
  }

  /** `lost`: the row is gone, or changes faster than we can follow. */
  private async reencrypt(column: EncryptedColumn, row: EncryptedRow): Promise<Outcome> {
    let closed: string | undefined = row.closed;
    for (let tries = 0; closed !== undefined && tries < TRIES; tries += 1) {
      const text = this.open(column, row.id, closed);
      if (text === undefined) return 'unopened';
      if (this.keys.isCurrent(closed)) return 'current';
      const fresh = this.keys.encrypt(text, column.context(row.id));
      if (await this.rows.replace(column, { id: row.id, closed }, fresh)) return 'reencrypted';
      closed = await this.rows.closedOf(column, row.id);
    }
    return 'lost';
  }

  private open(column: EncryptedColumn, id: string, closed: string): string | undefined {
    try {
      return this.keys.decrypt(closed, column.context(id));
    } catch {
      return undefined;
    }
  }

  /** Read once more: whoever does not know the newest key may have written behind us. */
  private async otherKeys(column: EncryptedColumn): Promise<string[]> {
    const found = new Set<string>();
    for await (const { closed } of this.rows.all(column)) {
      const key = keyIdOf(closed);
      if (key !== undefined && !this.keys.isCurrent(closed)) found.add(key);
    }
    return [...found].sort();
  }
}
