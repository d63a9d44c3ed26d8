import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';

/** `{t, k, v}` puts, `{t, k}` removes, `{t}` empties the table. */
interface Line {
  t: string;
  k?: string;
  v?: unknown;
}

/**
 * Tables kept in memory and written down, change by change, as JSON lines. A line reaches the kernel before the change
 * is answered for, so a killed process loses nothing; a power cut may lose the last seconds.
 */
export class Journal {
  private readonly tables = new Map<string, Map<string, unknown>>();
  private file: number | null;

  /** Replays what is in `path`, rewrites it without what was overwritten, and goes on appending to it. */
  constructor(path: string) {
    if (existsSync(path)) this.replay(readFileSync(path, 'utf8'));
    this.compact(path);
    this.file = openSync(path, 'a');
  }

  /** The caller vouches for the type: only it writes to this table. */
  table<T>(name: string): Table<T> {
    return new Table<T>(this.rows(name) as Map<string, T>, (key, value) => {
      // Its number may belong to another file by now.
      if (this.file === null) throw new Error('The journal is closed');
      writeLine(this.file, { t: name, k: key, v: value });
    });
  }

  close(): void {
    if (this.file !== null) closeSync(this.file);
    this.file = null;
  }

  private rows(name: string): Map<string, unknown> {
    let rows = this.tables.get(name);
    if (!rows) this.tables.set(name, (rows = new Map<string, unknown>()));
    return rows;
  }

  private replay(text: string): void {
    for (const line of text.split('\n')) {
      const change = parse(line);
      if (!change) continue;
      const rows = this.rows(change.t);
      if (change.k === undefined) rows.clear();
      else if (change.v === undefined) rows.delete(change.k);
      else rows.set(change.k, change.v);
    }
  }

  private compact(path: string): void {
    const fresh = `${path}.new`;
    const file = openSync(fresh, 'w');
    for (const [t, rows] of this.tables) for (const [k, v] of rows) writeLine(file, { t, k, v });
    fsyncSync(file);
    closeSync(file);
    renameSync(fresh, path);
  }
}

/** Values are replaced, never changed in place: what is not put again is not written down. */
export class Table<T> {
  constructor(
    private readonly rows: Map<string, T>,
    private readonly write: (key: string | undefined, value: T | undefined) => void,
  ) {}

  get(key: string | number): T | undefined {
    return this.rows.get(String(key));
  }

  put(key: string | number, value: T): T {
    this.rows.set(String(key), value);
    this.write(String(key), value);
    return value;
  }

  remove(key: string | number): void {
    if (this.rows.delete(String(key))) this.write(String(key), undefined);
  }

  clear(): void {
    this.rows.clear();
    this.write(undefined, undefined);
  }

  all(): T[] {
    return [...this.rows.values()];
  }
}

function writeLine(file: number, line: Line): void {
  writeSync(file, `${JSON.stringify(line)}\n`);
}

/** Null for the blank end of the file and for a line that a killed process did not finish. */
function parse(line: string): Line | null {
  try {
    return JSON.parse(line) as Line;
  } catch {
    return null;
  }
}
