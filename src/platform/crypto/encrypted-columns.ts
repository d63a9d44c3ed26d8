import { Injectable } from '@nestjs/common';

/** Where ciphertexts are kept: a text column of a table whose key is the uuid `id`. */
export interface EncryptedColumn {
  table: string;
  column: string;
  /** What the ciphertext of the row with this id is bound to. */
  context(id: string): string;
}

/** Every column that some module keeps secrets in: what has to be encrypted anew when the key changes. */
@Injectable()
export class EncryptedColumns {
  private readonly columns = new Map<string, EncryptedColumn>();

  declare(declared: EncryptedColumn): void {
    const name = `${declared.table}.${declared.column}`;
    if (this.columns.has(name)) throw new Error(`${name} is declared twice`);
    this.columns.set(name, declared);
  }

  all(): EncryptedColumn[] {
    return [...this.columns.values()];
  }
}
