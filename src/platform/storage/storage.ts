import type { Readable } from 'node:stream';

/** Bytes of a file, the first and the last one included. */
export interface ByteRange {
  start: number;
  end: number;
}

export interface FileFacts {
  sizeBytes: number;
  modifiedAt: Date;
}

/** Files that outlive the process that made them and may be read by another. Keys look like `downloads/{id}/media.mp4`. */
export abstract class Storage {
  /** Takes over a local file: afterwards it is found under `key` and no longer at `path`. Replaces what was there. */
  abstract adopt(key: string, path: string): Promise<void>;

  /**
   * @param range only these bytes; they must lie within the file
   * @returns a stream of what was asked for, and the size of the whole file
   * @throws DomainError `storage.not_found`
   */
  abstract open(key: string, range?: ByteRange): Promise<{ stream: Readable; sizeBytes: number }>;

  /** @throws DomainError `storage.not_found` */
  abstract facts(key: string): Promise<FileFacts>;

  abstract exists(key: string): Promise<boolean>;

  /** Where the file lies on this machine's disk, for programs that take paths; null when it lies elsewhere. */
  abstract localPath(key: string): string | null;

  /** Names of what lies directly in a folder; none when it is not there. */
  abstract list(folder: string): Promise<string[]>;

  /** Removes a file, or everything below a folder; what is not there is no error. */
  abstract remove(keyOrFolder: string): Promise<void>;
}
