const RANGES = 16;

/** The lowest and the highest id of a part of all ids. */
export type IdRange = [from: string, to: string];

/**
 * All ids in parts. They are random, so the parts hold about as many rows each, and a statement about one of them takes a
 * small share of the time that it would take about the whole table.
 */
export function idRanges(): IdRange[] {
  const step = 256 / RANGES;
  return Array.from({ length: RANGES }, (_, index) => [
    `${byte(index * step)}000000-0000-0000-0000-000000000000`,
    `${byte(index * step + step - 1)}ffffff-ffff-ffff-ffff-ffffffffffff`,
  ]);
}

function byte(value: number): string {
  return value.toString(16).padStart(2, '0');
}
