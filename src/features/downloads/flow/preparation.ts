import { Injectable, Logger } from '@nestjs/common';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Clock } from '../../../platform/clock/clock.js';
import { Media, MediaError, type Fix, type MediaFacts } from '../../../platform/media/index.js';
import { Storage } from '../../../platform/storage/storage.js';
import { storageFolderOf } from '../delivery/storage-folder.js';
import type { ReadyMedia } from '../downloads.frontend.js';
import { ProviderError } from '../errors/provider-error.js';
import { cleanTitle } from './clean-title.js';

export interface PreparationOrder {
  requestId: string;
  path: string;
  facts: MediaFacts;
  title: string | null;
  /** The provider is known to label square pixels wrongly. */
  squarePixels: boolean;
  maxBytes: number;
  workDir: string;
  signal: AbortSignal;
  onProgress: (ratio: number | null) => void;
}

export interface Prepared {
  media: ReadyMedia;
  fix: Fix;
  fixReason: string;
  fixMs: number;
}

/** Makes a downloaded file play well everywhere, and puts it where the outbox can take it. */
@Injectable()
export class Preparation {
  private readonly logger = new Logger(Preparation.name);

  constructor(
    private readonly media: Media,
    private readonly storage: Storage,
    private readonly clock: Clock,
  ) {}

  async prepare(order: PreparationOrder): Promise<Prepared> {
    const startedAt = this.clock.now().getTime();
    const fixed = await this.fix(order);
    if (fixed.facts.sizeBytes > order.maxBytes) {
      throw new ProviderError('CONTENT_TOO_LARGE', `${fixed.facts.sizeBytes} bytes of ${order.maxBytes} allowed`);
    }
    const folder = storageFolderOf(order.requestId);
    const thumbnailKey = fixed.fix === 'document' ? null : await this.thumbnail(fixed, folder, order.workDir);
    const storageKey = `${folder}/media${extensionOf(fixed.facts)}`;
    await this.storage.adopt(storageKey, fixed.path);
    return {
      fix: fixed.fix,
      fixReason: fixed.reason,
      fixMs: this.clock.now().getTime() - startedAt,
      media: {
        source: { storageKey, thumbnailKey },
        asDocument: fixed.fix === 'document' || fixed.facts.video === null,
        title: cleanTitle(order.title ?? fixed.facts.title),
        width: fixed.width || null,
        height: fixed.height || null,
        durationSec: fixed.facts.durationSec,
        mayNotPlayEverywhere: fixed.mayNotPlayEverywhere,
      },
    };
  }

  /** The cheapest way to a file that plays. When it fails the original is sent, with the size it is shown at. */
  private async fix(order: PreparationOrder): Promise<Fixed> {
    const { path, facts, squarePixels, maxBytes, signal, onProgress } = order;
    let plan = await this.media.planFix(facts, { squarePixels, maxBytes });
    for (;;) {
      const { sendWidth: width, sendHeight: height, reason, fix, mayNotPlayEverywhere } = plan;
      if (plan.args.length === 0) return { path, facts, fix, reason, width, height, mayNotPlayEverywhere };
      const output = join(order.workDir, `fixed-${fix}.mp4`);
      try {
        onProgress(plan.encodesVideo ? 0 : null);
        const result = await this.media.applyFix(plan, path, output, {
          signal,
          onProgress: plan.encodesVideo ? onProgress : undefined,
        });
        return { path: output, facts: result, fix, reason, width, height, mayNotPlayEverywhere };
      } catch (error) {
        if (signal.aborted) throw signal.reason as Error;
        if (!(error instanceof MediaError)) throw error;
        if (error.code === 'no_space') throw new ProviderError('LOCAL_DISK', error.message, { cause: error });
        this.logger.warn({ err: error, requestId: order.requestId, fix }, 'A fix has failed');
        if (!plan.encodesVideo)
          return { path, facts, fix: 'keep', reason: error.message, width, height, mayNotPlayEverywhere: true };
        plan = await this.media.planFix(facts, { squarePixels, maxBytes, mayEncode: false });
      }
    }
  }

  /** A video without a picture of it is still a video. @returns its key, or null */
  private async thumbnail(
    { path, facts, width, height }: Fixed,
    folder: string,
    workDir: string,
  ): Promise<string | null> {
    if (facts.video === null) return null;
    try {
      const atSec = Math.min(1, (facts.durationSec ?? 0) / 2);
      const { bytes } = await this.media.thumbnail(path, { atSec, displayWidth: width, displayHeight: height });
      const file = join(workDir, 'thumbnail.jpg');
      await writeFile(file, bytes);
      const key = `${folder}/thumbnail.jpg`;
      await this.storage.adopt(key, file);
      return key;
    } catch (error) {
      this.logger.warn({ err: error }, 'There is no thumbnail');
      return null;
    }
  }
}

interface Fixed {
  path: string;
  facts: MediaFacts;
  fix: Fix;
  reason: string;
  width: number;
  height: number;
  mayNotPlayEverywhere: boolean;
}

function extensionOf({ formatName, video }: MediaFacts): string {
  if (/mp4|mov/.test(formatName)) return video ? '.mp4' : '.m4a';
  return /webm|matroska/.test(formatName) ? '.webm' : '.bin';
}
