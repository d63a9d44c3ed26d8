import type { ErrorCode } from '../errors/error-codes.js';
import type { ProviderError } from '../errors/provider-error.js';

const ANOTHER_MAY_HELP: ReadonlySet<ErrorCode> = new Set(['CONTENT_AGE', 'CONTENT_DRM', 'CONTENT_GEO']);

/**
 * Whether another provider is worth trying after these failures, in their order. What is said of the content is true
 * for all of them, with few exceptions; what is ours to mend is not theirs to try.
 */
export function goesOn(failures: readonly ProviderError[]): boolean {
  const last = failures.at(-1);
  if (!last) return true;
  if (last.class === 'LOCAL') return false;
  if (last.class !== 'CONTENT' || ANOTHER_MAY_HELP.has(last.code)) return true;
  return last.code === 'CONTENT_GONE' && failures.filter(({ code }) => code === 'CONTENT_GONE').length === 1;
}

/** The failure that tells the asker most: what is wrong with the content, else the last. */
export function tellingFailure(failures: readonly ProviderError[]): ProviderError | undefined {
  return failures.find(({ class: kind }) => kind === 'CONTENT') ?? failures.at(-1);
}
