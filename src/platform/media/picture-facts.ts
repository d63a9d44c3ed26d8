import { open } from 'node:fs/promises';
import { imageSize } from 'image-size';
import { MediaError } from './media-error.js';

/** Cameras write large previews before the size; more than this they do not. */
const HEAD_BYTES = 512 * 1024;

export interface PictureFacts {
  /** `jpg`, `png`, `webp`, `gif`, `heif` … */
  format: string;
  /** Pixels as they are stored. */
  width: number;
  height: number;
  sizeBytes: number;
}

/** What a picture is, by its first bytes. @throws MediaError `unreadable` when it is none */
export async function pictureFacts(file: string): Promise<PictureFacts> {
  const { head, sizeBytes } = await headOf(file);
  try {
    const { width, height, type = '' } = imageSize(head);
    return { format: type, width, height, sizeBytes };
  } catch (error) {
    throw new MediaError('unreadable', 'The file is not a picture', { cause: error });
  }
}

async function headOf(file: string): Promise<{ head: Buffer; sizeBytes: number }> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(Math.min(size, HEAD_BYTES)), 0);
    return { head: buffer.subarray(0, bytesRead), sizeBytes: size };
  } finally {
    await handle.close();
  }
}
