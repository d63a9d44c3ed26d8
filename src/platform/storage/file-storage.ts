import { createReadStream } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { DomainError } from '../errors/domain-error.js';
import { Storage, type ByteRange, type FileFacts } from './storage.js';

/** Storage in a folder. Processes that share it share the files. */
export class FileStorage extends Storage {
  private readonly root: string;

  constructor(root: string) {
    super();
    this.root = resolve(root);
  }

  async adopt(key: string, path: string): Promise<void> {
    const target = this.localPath(key);
    await mkdir(dirname(target), { recursive: true });
    try {
      await rename(path, target);
    } catch (error) {
      if (!isAcrossDisks(error)) throw error;
      const partial = `${target}.partial`;
      await copyFile(path, partial);
      await rename(partial, target);
      await rm(path);
    }
  }

  async open(key: string, range?: ByteRange): Promise<{ stream: Readable; sizeBytes: number }> {
    const { sizeBytes } = await this.facts(key);
    return { stream: createReadStream(this.localPath(key), range), sizeBytes };
  }

  async facts(key: string): Promise<FileFacts> {
    const found = await stat(this.localPath(key)).catch(() => null);
    if (!found?.isFile()) {
      throw new DomainError('storage.not_found', 'not_found', 'The file is no longer there', { context: { key } });
    }
    return { sizeBytes: found.size, modifiedAt: found.mtime };
  }

  async exists(key: string): Promise<boolean> {
    return (await stat(this.localPath(key)).catch(() => null)) !== null;
  }

  localPath(key: string): string {
    const path = join(this.root, key);
    if (!path.startsWith(this.root + sep)) throw new Error(`The key ${key} leads out of the storage`);
    return path;
  }

  async list(folder: string): Promise<string[]> {
    return readdir(this.localPath(folder)).catch(() => []);
  }

  async remove(keyOrFolder: string): Promise<void> {
    await rm(this.localPath(keyOrFolder), { recursive: true, force: true });
  }
}

function isAcrossDisks(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EXDEV';
}
