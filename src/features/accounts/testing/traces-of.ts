import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

interface Rows {
  query<Row extends object>(sql: string, parameters: unknown[]): Promise<Row[]>;
}

interface Places {
  database: Rows;
  /** Of the storage. */
  folder: string;
}

/**
 * Where any of `words` is still to be found, in whatever case: in each column of each table, in names of files and in
 * what is written in them.
 * @returns e.g. `["sessions: 2 rows", "media/user_1/a.mp4"]`
 */
export async function tracesOf({ database, folder }: Places, words: string[]): Promise<string[]> {
  const needles = words.map((word) => word.toLowerCase());
  return [...(await rowsWith(database, needles)), ...(await filesWith(folder, needles))];
}

async function rowsWith(database: Rows, needles: string[]): Promise<string[]> {
  const tables = await database.query<{ name: string }>(
    `SELECT quote_ident(table_name) AS name FROM information_schema.tables
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY table_name`,
    [],
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const [row] = await database.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM ${name} AS t
       WHERE EXISTS (SELECT FROM unnest($1::text[]) AS needle WHERE strpos(lower(t::text), needle) > 0)`,
      [needles],
    );
    if (row && row.count > 0) found.push(`${name}: ${row.count} rows`);
  }
  return found;
}

async function filesWith(folder: string, needles: string[]): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const found: string[] = [];
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(folder, path);
    const text = name + (entry.isFile() ? await readFile(path, 'latin1') : '');
    if (needles.some((needle) => text.toLowerCase().includes(needle))) found.push(name);
  }
  return found;
}
