import type { Overall, PartDto } from './health.dto.js';

/** Without these nothing works; without any other part, only what needs it. */
export const ESSENTIAL = ['database', 'redis', 'migrations'];

export function overallOf(parts: PartDto[]): Overall {
  if (parts.some(({ name, status }) => status === 'unavailable' && ESSENTIAL.includes(name))) return 'down';
  return parts.every(({ status }) => status === 'ok') ? 'ok' : 'degraded';
}
