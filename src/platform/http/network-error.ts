export type NetworkErrorCode =
  | 'timed_out'
  /** There is no such host. */
  | 'unresolved'
  /** Nobody listens there, or no way leads there. */
  | 'unreachable'
  /** The other side broke off. */
  | 'connection_lost'
  /** TLS could not be agreed on; a connection cut off in the handshake counts too. */
  | 'tls'
  | 'certificate'
  /** The proxy on the way said no. */
  | 'proxy'
  | 'other';

/** No answer, or not all of it. The message names the host at most: URLs may hold secrets. */
export class NetworkError extends Error {
  constructor(
    readonly code: NetworkErrorCode,
    readonly host: string,
    options?: ErrorOptions,
  ) {
    super(`${host}: ${code.replaceAll('_', ' ')}`, options);
    this.name = 'NetworkError';
  }
}

/** Gives what the HTTP library, Node or OpenSSL throw one of our names. */
export function networkError(error: unknown, host: string): NetworkError {
  if (error instanceof NetworkError) return error;
  const causes = causesOf(error);
  const code = causes.map(codeOf).find((each) => each !== null) ?? 'other';
  return new NetworkError(code, host, { cause: error });
}

const CODES: Record<string, NetworkErrorCode> = {
  UND_ERR_CONNECT_TIMEOUT: 'timed_out',
  UND_ERR_HEADERS_TIMEOUT: 'timed_out',
  UND_ERR_BODY_TIMEOUT: 'timed_out',
  ETIMEDOUT: 'timed_out',
  ENOTFOUND: 'unresolved',
  EAI_AGAIN: 'unresolved',
  ECONNREFUSED: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  UND_ERR_SOCKET: 'connection_lost',
  ECONNRESET: 'connection_lost',
  EPIPE: 'connection_lost',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate',
};

function codeOf(error: Error & { code?: unknown }): NetworkErrorCode | null {
  if (error.name === 'TimeoutError') return 'timed_out';
  // Node has no code of its own for this; by its number it is a lost connection like any other.
  if (error.message.includes('before secure TLS connection was established')) return 'tls';
  // undici says it in words alone.
  if (error.message.startsWith('Proxy response (')) return 'proxy';
  if (typeof error.code !== 'string') return null;
  if (error.code.startsWith('CERT_')) return 'certificate';
  if (error.code.startsWith('ERR_SSL_')) return 'tls';
  return CODES[error.code] ?? null;
}

/** The error, what it says was behind it, and so on. */
function causesOf(error: unknown): Error[] {
  if (!(error instanceof Error)) return [];
  const inner = error instanceof AggregateError ? error.errors : [error.cause];
  return [error, ...inner.flatMap(causesOf)];
}
