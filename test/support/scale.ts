/**
 * How often, how many, how large: a test that names a point of reliability proves it with small numbers, and with the
 * full ones when `npm run chaos` runs it.
 */
export function scale<T>(small: T, full: T): T {
  return process.env.NEXUS_CHAOS === 'full' ? full : small;
}
