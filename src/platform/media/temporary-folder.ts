import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Lends a folder under `parent` that is gone afterwards. */
export async function withTemporaryFolder<T>(parent: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(parent, 'media-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
