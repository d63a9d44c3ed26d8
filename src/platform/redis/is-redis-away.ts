import {
  AbortError,
  ClientClosedError,
  ClientOfflineError,
  ConnectionTimeoutError,
  DisconnectsClientError,
  ErrorReply,
  SocketClosedUnexpectedlyError,
  SocketTimeoutError,
} from 'redis';

const NOT_CONNECTED = [
  AbortError,
  ClientClosedError,
  ClientOfflineError,
  ConnectionTimeoutError,
  DisconnectsClientError,
  SocketClosedUnexpectedlyError,
  SocketTimeoutError,
];
const UNREACHED = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT']);
/** It answers, but has no data yet, or none that may be changed. */
const NOT_READY = ['LOADING', 'MASTERDOWN', 'READONLY'];

/** Whether a command failed only because Redis was out of reach: later it may succeed as it is. */
export function isRedisAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof ErrorReply) return NOT_READY.some((state) => error.message.startsWith(state));
  return NOT_CONNECTED.some((kind) => error instanceof kind) || ('code' in error && UNREACHED.has(String(error.code)));
}
