/** How far ffmpeg has come, from a line of `-progress`; null for other lines and when the duration is not known. */
export function progressRatio(line: string, durationSec: number | null): number | null {
  const microseconds = /^out_time_us=(\d+)$/.exec(line)?.[1];
  if (microseconds === undefined || durationSec === null) return null;
  return Math.min(1, Number(microseconds) / 1e6 / durationSec);
}
