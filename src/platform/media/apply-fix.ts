import { rm } from 'node:fs/promises';
import type { Ffmpeg } from './ffmpeg.js';
import type { FixPlan } from './fix-plan.js';
import type { MediaFacts } from './media-facts.js';
import { probe } from './probe.js';
import { progressRatio } from './progress.js';
import { verifyResult } from './verify-result.js';

export interface ApplyOptions {
  /** 0 … 1; only when the duration is known. */
  onProgress?: (ratio: number) => void;
  signal?: AbortSignal;
  /** The plan's own limit unless told. */
  timeoutMs?: number;
}

/**
 * Writes `output` by the plan and looks at the result with the same eyes as at the source.
 * @returns the facts of the result
 * @throws MediaError; then there is no output
 */
export async function applyFix(
  ffmpeg: Ffmpeg,
  plan: FixPlan,
  input: string,
  output: string,
  temporaryFolder: string,
  { onProgress, signal, timeoutMs = plan.timeLimitSec * 1000 }: ApplyOptions = {},
): Promise<MediaFacts> {
  if (plan.args.length === 0) throw new Error(`a plan to ${plan.fix} leaves nothing to apply`);
  try {
    const onLine = (line: string): void => {
      const ratio = progressRatio(line, plan.expected.durationSec);
      if (ratio !== null) onProgress?.(ratio);
    };
    await ffmpeg.run({ input, output, args: plan.args, onLine, signal, timeoutMs });
    const result = await probe(ffmpeg, output, temporaryFolder);
    verifyResult(result, plan.expected);
    return result;
  } catch (error) {
    await rm(output, { force: true });
    throw error;
  }
}
