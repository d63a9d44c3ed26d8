import { scale } from './scale.js';

/** Shows what was measured where the full numbers are run; elsewhere the test alone judges. */
export function report(what: string, numbers: Record<string, number>): void {
  if (scale(false, true)) process.stderr.write(`${what}: ${JSON.stringify(numbers)}\n`);
}

/** What 95 % of the values do not exceed. */
export function p95(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? NaN;
}
