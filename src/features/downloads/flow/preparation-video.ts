import { join } from 'node:path';
import type { Fix, MediaFacts } from '../../../platform/media/index.js';
import { extensionOf, takeThumbnail, throwIfOver, type FileOrder, type PreparedFile } from './preparation-file.js';

interface Fixed {
  path: string;
  facts: MediaFacts;
  fix: Fix;
  reason: string;
  width: number;
  height: number;
  mayNotPlayEverywhere: boolean;
}

/** Makes a video play everywhere; one that nothing helps in time is a document. */
export async function prepareVideo(order: FileOrder, path: string, source: MediaFacts): Promise<PreparedFile> {
  const fixed = await fix(order, path, source);
  const { facts, width, height } = fixed;
  const isDocument = fixed.fix === 'document';
  return {
    path: fixed.path,
    kind: isDocument ? 'document' : 'video',
    extension: extensionOf(facts),
    thumbnailPath: isDocument ? null : await takeThumbnail(order, fixed.path, facts, fixed),
    width: width || null,
    height: height || null,
    durationSec: facts.durationSec,
    sizeBytes: facts.sizeBytes,
    title: source.title,
    fix: fixed.fix,
    fixReason: fixed.reason,
    mayNotPlayEverywhere: fixed.mayNotPlayEverywhere,
  };
}

/** The cheapest way to a file that plays. When it fails the original is sent, with the size it is shown at. */
async function fix(order: FileOrder, path: string, facts: MediaFacts): Promise<Fixed> {
  const { media, logger, workDir, squarePixels, maxBytes, signal, onProgress } = order;
  let plan = await media.planFix(facts, { squarePixels, maxBytes });
  for (;;) {
    const { sendWidth: width, sendHeight: height, reason, fix, mayNotPlayEverywhere } = plan;
    if (plan.args.length === 0) return { path, facts, fix, reason, width, height, mayNotPlayEverywhere };
    const output = join(workDir, `fixed-${fix}.mp4`);
    try {
      onProgress(plan.encodesVideo ? 0 : null);
      const result = await media.applyFix(plan, path, output, {
        signal,
        onProgress: plan.encodesVideo ? onProgress : undefined,
      });
      return { path: output, facts: result, fix, reason, width, height, mayNotPlayEverywhere };
    } catch (error) {
      throwIfOver(error, signal);
      logger.warn({ err: error, fix }, 'A fix has failed');
      if (!plan.encodesVideo)
        return { path, facts, fix: 'keep', reason: error.message, width, height, mayNotPlayEverywhere: true };
      plan = await media.planFix(facts, { squarePixels, maxBytes, mayEncode: false });
    }
  }
}
