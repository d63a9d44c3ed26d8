const MICRO = 1_000_000;

/** Money is counted in millionths of a dollar wherever it is added up. */
export function microUsd(usd: string): number {
  return Math.round(Number(usd) * MICRO);
}

export function usdOfMicro(micro: number): string {
  return (micro / MICRO).toFixed(6);
}
