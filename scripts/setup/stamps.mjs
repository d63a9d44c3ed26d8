import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const STAMP = '.nexus-stamp';

/** Empty when there is none. */
export function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return '';
    throw error;
  }
}

export function writeText(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

export function hashOf(...texts) {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(text).update('\0');
  return hash.digest('hex');
}

/**
 * What files and folders look like from outside: names, sizes and times, of everything below that `counts`. Changes
 * with any edit, new, removed or replaced file, also one with an older time. A path that does not exist is left out.
 */
export function appearanceOf(paths, counts = () => true) {
  return hashOf(...paths.flatMap((path) => [...entries(path, counts)]));
}

function* entries(path, counts) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return;
  if (found.isDirectory()) {
    for (const name of readdirSync(path).sort()) yield* entries(join(path, name), counts);
  } else if (counts(path)) {
    yield `${path} ${found.size} ${found.mtimeMs}`;
  }
}
