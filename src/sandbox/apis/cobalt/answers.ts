import type { Answer } from '../answer.js';

export interface ErrorContext {
  service?: string;
  /** Seconds for rates, minutes for durations. */
  limit?: number;
}

/** Everything that goes wrong is 400, but for rates and for what breaks inside. @param code without `error.api.` */
export function errorAnswer(code: string, context?: ErrorContext, headers?: Record<string, string>): Answer {
  const error = { code: `error.api.${code}`, ...(context ? { context } : {}) };
  if (code === 'rate_exceeded') return { status: 429, headers, body: { status: 'error', error } };
  const isCritical = code.startsWith('fetch.critical');
  return {
    status: isCritical ? 500 : 400,
    headers,
    body: { status: 'error', error, ...(isCritical ? { critical: true } : {}) },
  };
}
