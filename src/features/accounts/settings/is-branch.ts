/** Whether it has fields of its own, as opposed to a value: arrays are values. */
export function isBranch(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
