import { type FileHandle, open } from 'node:fs/promises';
import { diskError } from '../../errors/disk-error.js';

/** A file that is written at several places at once. Its failures are ProviderErrors of this machine's disk. */
export class OutputFile {
  private constructor(
    readonly path: string,
    private readonly handle: FileHandle,
  ) {}

  /** Empty, or as long as it will be. */
  static async create(path: string, totalBytes: number | null): Promise<OutputFile> {
    try {
      const handle = await open(path, 'w');
      if (totalBytes !== null) await handle.truncate(totalBytes);
      return new OutputFile(path, handle);
    } catch (error) {
      throw diskError(error) ?? error;
    }
  }

  async write(bytes: Buffer, position: number): Promise<void> {
    try {
      for (let done = 0; done < bytes.length;) {
        const { bytesWritten } = await this.handle.write(bytes, done, bytes.length - done, position + done);
        done += bytesWritten;
      }
    } catch (error) {
      throw diskError(error) ?? error;
    }
  }

  async close(): Promise<void> {
    await this.handle.close();
  }
}
