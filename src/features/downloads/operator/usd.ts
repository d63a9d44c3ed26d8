/** At most six digits before and after the point: what a numeric(12, 6) holds. */
export const USD = /^\d{1,6}(?:\.\d{1,6})?$/;

/** `0.000300` as `0.0003`, `10.000000` as `10.00`. */
export function usd(numeric: string): string {
  const [whole = '0', fraction = ''] = numeric.split('.');
  return `${whole}.${fraction.replace(/0+$/, '').padEnd(2, '0')}`;
}
