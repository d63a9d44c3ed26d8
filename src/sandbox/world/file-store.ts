import { randomBytes, randomUUID } from 'node:crypto';
import { copyFile, link, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import type { Upload } from '../bot-api/params.js';
import { isRecord } from '../bot-api/params.js';
import type { FileObject, MediaFile, PhotoSize } from '../bot-api/types.js';
import type { FileKind, FileRecord } from '../state/records.js';
import type { SandboxState } from '../state/state.js';
import { extensionOf, mimeTypeOf } from './mime-types.js';

/** Enough for the size of any picture whose metadata is not absurd. */
const HEAD_BYTES = 256 * 1024;

const PREFIX_LENGTH = 4;

export type FileTraits = Partial<Omit<FileRecord, 'uniqueId' | 'kind' | 'stored' | 'size'>>;

/** Files that bots and users have sent: records in the state, contents in one folder. */
export class FileStore {
  readonly folder: string;
  readonly incoming: string;

  constructor(
    private readonly state: SandboxState,
    folder: string,
  ) {
    this.folder = resolve(folder);
    this.incoming = join(this.folder, 'incoming');
  }

  /** Also throws away what a killed process was receiving. */
  async prepare(): Promise<void> {
    await rm(this.incoming, { recursive: true, force: true });
    await mkdir(this.incoming, { recursive: true });
  }

  async adopt(upload: Upload, kind: FileKind, traits: FileTraits = {}): Promise<FileRecord> {
    const { name, mimeType } = upload;
    upload.stored = await this.moveIn(upload.path, kind, { name, mimeType, ...traits });
    return upload.stored;
  }

  /** Takes over a file of ours, e.g. one that ffmpeg has made. */
  async moveIn(path: string, kind: FileKind, traits: FileTraits): Promise<FileRecord> {
    return this.store(path, kind, traits, rename);
  }

  /** Takes a file that stays where it is; a hard link where the disk is the same, so that gigabytes are not copied. */
  async linkIn(path: string, kind: FileKind, traits: FileTraits = {}): Promise<FileRecord> {
    const name = basename(path);
    return this.store(path, kind, { name, mimeType: mimeTypeOf(name), ...traits }, async (from, to) => {
      await link(from, to).catch(() => copyFile(from, to));
    });
  }

  /** A path to write to, for `moveIn`. */
  temporaryPath(extension: string): string {
    return join(this.incoming, `${randomUUID()}${extension}`);
  }

  get(uniqueId: string): FileRecord | undefined {
    return this.state.files.get(uniqueId);
  }

  pathOf(file: FileRecord): string {
    return join(this.folder, file.stored);
  }

  async head(path: string): Promise<Buffer> {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  }

  /** The file that a `file_id` of this bot names; undefined for another bot's id and for rubbish. */
  byFileId(botId: number, fileId: string): FileRecord | undefined {
    const [bot, uniqueId] = Buffer.from(fileId.slice(PREFIX_LENGTH), 'base64url').toString().split(':');
    return bot === String(botId) && uniqueId !== undefined ? this.get(uniqueId) : undefined;
  }

  fileId(botId: number, uniqueId: string): string {
    return `BAAC${Buffer.from(`${botId}:${uniqueId}`).toString('base64url')}`;
  }

  /** A copy of the value in which every file has the id that this bot knows it by. */
  shownTo<T>(botId: number, value: T): T {
    return this.withFileIds(botId, value) as T;
  }

  private withFileIds(botId: number, value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.withFileIds(botId, item));
    if (!isRecord(value)) return value;
    const copy = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.withFileIds(botId, item)]));
    const uniqueId = value.file_unique_id;
    return typeof uniqueId === 'string' ? { file_id: this.fileId(botId, uniqueId), ...copy } : copy;
  }

  fileObject(file: FileRecord): FileObject {
    return { file_unique_id: file.uniqueId, file_size: file.size };
  }

  photoSize(file: FileRecord): PhotoSize {
    return { ...this.fileObject(file), width: file.width ?? 0, height: file.height ?? 0 };
  }

  mediaFile(file: FileRecord): MediaFile {
    const thumbnail = file.thumbnailId === null ? undefined : this.get(file.thumbnailId);
    return {
      ...this.fileObject(file),
      width: file.width ?? undefined,
      height: file.height ?? undefined,
      duration: file.duration ?? undefined,
      performer: file.performer ?? undefined,
      title: file.title ?? undefined,
      thumbnail: thumbnail && this.photoSize(thumbnail),
      file_name: file.name ?? undefined,
      mime_type: file.mimeType,
    };
  }

  private async store(
    path: string,
    kind: FileKind,
    traits: FileTraits,
    bring: (from: string, to: string) => Promise<void>,
  ): Promise<FileRecord> {
    const name = traits.name ?? null;
    const mimeType = traits.mimeType ?? 'application/octet-stream';
    const uniqueId = `AgAD${randomBytes(9).toString('base64url')}`;
    const stored = uniqueId + safeExtension(name, mimeType);
    await bring(path, join(this.folder, stored));
    const { size } = await stat(join(this.folder, stored));
    return this.state.files.put(uniqueId, {
      width: null,
      height: null,
      duration: null,
      performer: null,
      title: null,
      thumbnailId: null,
      smallerId: null,
      ...traits,
      name,
      mimeType,
      uniqueId,
      kind,
      stored,
      size,
    });
  }
}

function safeExtension(name: string | null, mimeType: string): string {
  const extension = extname(name ?? '').toLowerCase();
  return /^\.[a-z0-9]{1,8}$/.test(extension) ? extension : extensionOf(mimeType);
}
