import { badRequest } from '../bot-api/errors.js';
import type { PhotoSize } from '../bot-api/types.js';
import { ffmpeg, FfmpegError } from '../ffmpeg.js';
import type { FileRecord } from '../state/records.js';
import type { FileStore } from './file-store.js';
import { type ImageSize, imageSize } from './image-size.js';

const MAX_PHOTO_BYTES = 10 * 1024 * 1024;
const MAX_WIDTH_PLUS_HEIGHT = 10_000;
const MAX_SIDE_RATIO = 20;
const SMALLER_SIDE = 320;

const MAX_THUMBNAIL_BYTES = 200 * 1024;
const MAX_THUMBNAIL_SIDE = 320;

export type PhotoTraits = Pick<FileRecord, 'width' | 'height' | 'smallerId'>;

/** Pictures as Telegram takes them: in sizes that grow, of which a bot wants the last. */
export class Photos {
  constructor(
    private readonly files: FileStore,
    private readonly ffmpegPath: string,
  ) {}

  /** Measures a picture and makes its smaller sister. Throws Telegram's errors for what is no photo. */
  async examine(path: string, bytes: number): Promise<PhotoTraits> {
    if (bytes > MAX_PHOTO_BYTES) {
      throw badRequest(
        `file of size ${bytes} bytes is too big for a photo; the maximum size is ${MAX_PHOTO_BYTES} bytes`,
      );
    }
    const size = imageSize(await this.files.head(path));
    if (!size) throw badRequest('IMAGE_PROCESS_FAILED');
    const ratio = Math.max(size.width / size.height, size.height / size.width);
    if (size.width + size.height > MAX_WIDTH_PLUS_HEIGHT || !(ratio <= MAX_SIDE_RATIO)) {
      throw badRequest('PHOTO_INVALID_DIMENSIONS');
    }
    return { ...size, smallerId: await this.smaller(path, size) };
  }

  sizes(file: FileRecord): PhotoSize[] {
    const smaller = file.smallerId === null ? undefined : this.files.get(file.smallerId);
    return [...(smaller ? [smaller] : []), file].map((size) => this.files.photoSize(size));
  }

  /** Null for what Telegram ignores as a thumbnail: anything but a JPEG of at most 200 kB and 320 pixels. */
  async thumbnailSize(path: string, bytes: number): Promise<ImageSize | null> {
    const head = await this.files.head(path);
    const size = imageSize(head);
    if (!size || head.readUInt16BE(0) !== 0xffd8 || bytes > MAX_THUMBNAIL_BYTES) return null;
    return Math.max(size.width, size.height) <= MAX_THUMBNAIL_SIDE ? size : null;
  }

  /** Null when the photo is small already, or when there is no ffmpeg to shrink it. */
  private async smaller(path: string, { width, height }: ImageSize): Promise<string | null> {
    const scale = SMALLER_SIDE / Math.max(width, height);
    if (scale >= 1) return null;
    const size = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
    const shrunk = this.files.temporaryPath('.jpg');
    try {
      const filter = `scale=${size.width}:${size.height}`;
      await ffmpeg(this.ffmpegPath, ['-i', path, '-frames:v', '1', '-vf', filter, shrunk]);
    } catch (error) {
      if (error instanceof FfmpegError) return null;
      throw error;
    }
    const { uniqueId } = await this.files.moveIn(shrunk, 'photo', { mimeType: 'image/jpeg', ...size });
    return uniqueId;
  }
}
