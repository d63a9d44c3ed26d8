/** A stretch of a file, and how far it has come. Positions are of the whole file. */
export interface Part {
  readonly from: number;
  /** The first byte that is another part's; infinite while nobody knows where the file ends. */
  readonly to: number;
  /** The next byte to come. */
  at: number;
}

const MAX_CONNECTIONS = 4;
/** A connection of its own must be worth its beginning. */
const MIN_PART_BYTES = 4 * 1024 * 1024;

/** Stretches of equal length, as many as there are to be connections. */
export function splitIntoParts(totalBytes: number): Part[] {
  const count = Math.max(1, Math.min(MAX_CONNECTIONS, Math.floor(totalBytes / MIN_PART_BYTES)));
  const border = (index: number) => Math.floor((totalBytes * index) / count);
  return Array.from({ length: count }, (_, index) => part(border(index), border(index + 1)));
}

export const part = (from: number, to: number): Part => ({ from, to, at: from });

export const isComplete = ({ at, to }: Part) => at >= to;

export const bytesOf = (parts: readonly Part[]) => parts.reduce((sum, { from, at }) => sum + at - from, 0);
