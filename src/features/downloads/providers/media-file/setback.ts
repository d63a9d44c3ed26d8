import type { ErrorCode } from '../../errors/error-codes.js';
import { ProviderError } from '../../errors/provider-error.js';

/** The other side broke off in the middle: what has come is good, and the rest can be asked for. */
export class BrokenOff extends ProviderError {
  constructor(message: string, options?: { cause: unknown }) {
    super('STALL', message, options);
  }
}

/** What has come belongs to a version that is not there any more, or its server gives no parts after all. */
export class FileChanged extends ProviderError {
  constructor() {
    super('STALL', 'the file has changed while it was fetched');
  }
}

type Setback = 'broken' | 'stalled' | 'refused';

/** How often a file is asked for again after each kind. */
const ALLOWED: Record<Setback, number> = { broken: 4, stalled: 1, refused: 1 };

const FINAL: ReadonlySet<ErrorCode> = new Set(['CONTENT_TOO_LARGE', 'LOCAL_DISK', 'USER_URL']);

export interface Circumstances {
  /** What has come is kept; without that each try is for the whole file. */
  canResume: boolean;
  /** A server that takes only one answers the others with errors. */
  connections: number;
}

/** Counts what went wrong with one file, and says what is worth another try. */
export class Setbacks {
  private readonly counts: Record<Setback, number> = { broken: 0, stalled: 0, refused: 0 };

  /** Milliseconds until the next try; null when there is none. */
  delayAfter(error: ProviderError, circumstances: Circumstances): number | null {
    const setback = setbackOf(error, circumstances);
    if (setback === null || this.counts[setback] >= ALLOWED[setback]) return null;
    const before = this.counts[setback]++;
    return error.code === 'UPSTREAM_5XX' || setback === 'refused' ? 2_000 : 500 * before;
  }
}

function setbackOf(error: ProviderError, { canResume, connections }: Circumstances): Setback | null {
  if (FINAL.has(error.code)) return null;
  if (error instanceof BrokenOff && canResume) return 'broken';
  if (error.class === 'STALL') return 'stalled';
  return connections > 1 ? 'refused' : null;
}
