import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Writes a file that only its owner may read, unless it is already there. Of processes that try at once one wins.
 * @returns what the file holds, whoever wrote it.
 */
export async function createPrivateFile(path: string, content: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${randomUUID()}`;
  try {
    await writeFile(draft, content, { flag: 'wx', mode: 0o600, flush: true });
    // Unlike a rename, a link does not replace what another process has put there meanwhile.
    await link(draft, path).catch(ignore('EEXIST'));
  } finally {
    await rm(draft, { force: true });
  }
  return readFile(path, 'utf8');
}

/** @returns what the file holds, or undefined when there is none. */
export async function readPrivateFile(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(ignore('ENOENT'));
}

function ignore(code: string): (error: unknown) => undefined {
  return (error) => {
    if (error instanceof Error && 'code' in error && error.code === code) return undefined;
    throw error;
  };
}
