import { Injectable, Logger } from '@nestjs/common';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Clock } from '../../../platform/clock/clock.js';
import { Media, type Fix } from '../../../platform/media/index.js';
import { Storage } from '../../../platform/storage/storage.js';
import { storageFolderOf } from '../delivery/storage-folder.js';
import type { ReadyFile, ReadyMedia } from '../downloads.frontend.js';
import { ProviderError } from '../errors/provider-error.js';
import type { RequestOptions } from '../requests/download-request.entity.js';
import { cleanTitle } from './clean-title.js';
import type { FileOrder, PreparedFile } from './preparation-file.js';
import { preparePhoto } from './preparation-photo.js';
import { prepareSound } from './preparation-sound.js';
import { prepareVideo } from './preparation-video.js';
import type { VerifiedFile } from './verify-download.js';

export interface PreparationOrder {
  requestId: string;
  /** All files of the post, in their order. */
  files: VerifiedFile[];
  /** What is wanted of them. */
  kind: RequestOptions['kind'];
  title: string | null;
  /** The provider is known to label square pixels wrongly. */
  squarePixels: boolean;
  /** Of one file. */
  maxBytes: number;
  workDir: string;
  signal: AbortSignal;
  onProgress: (ratio: number | null) => void;
}

export interface Prepared {
  media: ReadyMedia;
  /** What was done to the file that needed it first; `keep` when none did. */
  fix: Fix;
  fixReason: string;
  fixMs: number;
}

/** Makes of what was downloaded what Telegram takes and everybody can play, and puts it where the outbox finds it. */
@Injectable()
export class Preparation {
  private readonly logger = new Logger(Preparation.name);

  constructor(
    private readonly media: Media,
    private readonly storage: Storage,
    private readonly clock: Clock,
  ) {}

  /** @throws ProviderError `CONTENT_TOO_LARGE`; `NO_FORMAT` when sound is wanted and there is none */
  async prepare(order: PreparationOrder): Promise<Prepared> {
    const startedAt = this.clock.now().getTime();
    const prepared: PreparedFile[] = [];
    const files: ReadyFile[] = [];
    for (const [index, source] of wanted(order).entries()) {
      const file = await this.prepareFile(order, source, index);
      if (file.sizeBytes > order.maxBytes) {
        throw new ProviderError('CONTENT_TOO_LARGE', `${file.sizeBytes} bytes of ${order.maxBytes} allowed`);
      }
      prepared.push(file);
      files.push(await this.store(file, `${storageFolderOf(order.requestId)}/${nameOf(index)}`));
    }
    const changed = prepared.find(({ fix }) => fix !== 'keep') ?? prepared[0];
    return {
      fix: changed?.fix ?? 'keep',
      fixReason: changed?.fixReason ?? '',
      fixMs: this.clock.now().getTime() - startedAt,
      media: {
        files,
        title: cleanTitle(order.title ?? prepared[0]?.title ?? null),
        mayNotPlayEverywhere: prepared.some((file) => file.mayNotPlayEverywhere),
      },
    };
  }

  private async prepareFile(order: PreparationOrder, source: VerifiedFile, index: number): Promise<PreparedFile> {
    if (source.kind === 'photo') return preparePhoto(source.path, source.facts);
    const { squarePixels, maxBytes, signal, onProgress } = order;
    const workDir = join(order.workDir, `prepared-${index}`);
    await mkdir(workDir, { mode: 0o700 });
    const { media, logger } = this;
    const fileOrder: FileOrder = { media, logger, workDir, squarePixels, maxBytes, signal, onProgress };
    const prepare = order.kind === 'audio' || source.facts.video === null ? prepareSound : prepareVideo;
    return prepare(fileOrder, source.path, source.facts);
  }

  /** @param base of the keys: what kind of file it is comes behind it */
  private async store({ path, extension, thumbnailPath, ...file }: PreparedFile, base: string): Promise<ReadyFile> {
    const { kind, width, height, durationSec, sizeBytes } = file;
    const thumbnailKey = thumbnailPath && `${base}.thumbnail.jpg`;
    if (thumbnailPath && thumbnailKey) await this.storage.adopt(thumbnailKey, thumbnailPath);
    const storageKey = `${base}${extension}`;
    await this.storage.adopt(storageKey, path);
    return { kind, source: { storageKey, thumbnailKey, sizeBytes }, width, height, durationSec };
  }
}

function nameOf(index: number): string {
  return index === 0 ? 'media' : `media-${index + 1}`;
}

/** Where sound is wanted it is that of one file: of one that is nothing else, before a video's. */
function wanted({ kind, files }: PreparationOrder): VerifiedFile[] {
  if (kind === 'video') return files;
  const audible = files.filter((file) => file.kind === 'media' && file.facts.audio !== null);
  const alone = audible.find((file) => file.kind === 'media' && file.facts.video === null);
  const chosen = alone ?? audible[0];
  if (!chosen) throw new ProviderError('NO_FORMAT', 'There is no sound in it');
  return [chosen];
}
