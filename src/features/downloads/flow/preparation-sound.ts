import { join } from 'node:path';
import { planSound, type MediaFacts } from '../../../platform/media/index.js';
import { ProviderError } from '../errors/provider-error.js';
import { extensionOf, takeThumbnail, throwIfOver, type FileOrder, type PreparedFile } from './preparation-file.js';

/**
 * The sound of a file, as players of music take it. When it cannot be made so, sound is sent as it came; a video is not, for
 * it is not what was asked for.
 * @throws ProviderError `NO_FORMAT` when there is no sound
 */
export async function prepareSound(order: FileOrder, path: string, source: MediaFacts): Promise<PreparedFile> {
  const { facts, ...sound } = await take(order, path, source);
  const { video } = source;
  const size = video && { width: video.displayWidth, height: video.displayHeight };
  return {
    ...sound,
    kind: 'audio',
    extension: extensionOf(facts),
    thumbnailPath: size && (await takeThumbnail(order, path, source, size)),
    width: null,
    height: null,
    durationSec: facts.durationSec,
    sizeBytes: facts.sizeBytes,
    title: source.title,
    mayNotPlayEverywhere: false,
  };
}

async function take(
  { media, logger, workDir, signal, onProgress }: FileOrder,
  path: string,
  facts: MediaFacts,
): Promise<Pick<PreparedFile, 'path' | 'fix' | 'fixReason'> & { facts: MediaFacts }> {
  const plan = planSound(facts);
  if (!plan) throw new ProviderError('NO_FORMAT', 'There is no sound in it');
  const { fix, reason: fixReason } = plan;
  if (plan.args.length === 0) return { path, facts, fix, fixReason };
  const output = join(workDir, 'sound.m4a');
  try {
    onProgress(null);
    const result = await media.applyFix(plan, path, output, { signal, onProgress });
    return { path: output, facts: result, fix, fixReason };
  } catch (error) {
    throwIfOver(error, signal);
    logger.warn({ err: error, fix }, 'The sound could not be taken out');
    if (facts.video) throw new ProviderError('NO_FORMAT', error.message, { cause: error });
    return { path, facts, fix: 'keep', fixReason: error.message };
  }
}
