import { QueryRunnerAlreadyReleasedError } from 'typeorm';

/** SQLSTATE classes: connection exception, insufficient resources, shutdown or start of the server. */
const AWAY_STATE = /^(08...|53...|57P0[1-3])$/;
const UNREACHED = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT']);
/** What the driver says without a code. */
const SAYS = [
  'Connection terminated',
  'Client has encountered a connection error and is not queryable',
  'timeout exceeded when trying to connect',
  'Query read timeout',
];

/** Whether a statement failed only because the server was out of reach: later it may succeed as it is. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // TypeORM gives a connection back as soon as it is lost, be it in the middle of a transaction.
  if (error instanceof QueryRunnerAlreadyReleasedError) return true;
  const code = 'code' in error ? String(error.code) : '';
  return AWAY_STATE.test(code) || UNREACHED.has(code) || SAYS.some((words) => error.message.startsWith(words));
}
