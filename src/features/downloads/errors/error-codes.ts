/** What a failure says about its cause; the class decides what follows. */
export type ErrorClass = 'HARD_KILL' | 'STALL' | 'PROVIDER_BUG' | 'CONFIG' | 'EGRESS' | 'CONTENT' | 'LOCAL';

const CLASS_OF = {
  BLOCK_IP: 'HARD_KILL',
  RATE: 'HARD_KILL',
  HTTP_429: 'HARD_KILL',
  HTTP_403: 'HARD_KILL',
  HTTP_401: 'HARD_KILL',
  TLS_EOF: 'HARD_KILL',
  /** Refused were the bytes of the medium, not its page. */
  BYTES_403: 'HARD_KILL',
  STALL: 'STALL',
  UPSTREAM_5XX: 'STALL',
  PROVIDER_BUG: 'PROVIDER_BUG',
  NO_FORMAT: 'PROVIDER_BUG',
  CONFIG: 'CONFIG',
  QUOTA: 'CONFIG',
  EGRESS_DOWN: 'EGRESS',
  CONTENT_AGE: 'CONTENT',
  CONTENT_PRIVATE: 'CONTENT',
  CONTENT_GEO: 'CONTENT',
  CONTENT_GONE: 'CONTENT',
  CONTENT_DRM: 'CONTENT',
  CONTENT_LIVE: 'CONTENT',
  CONTENT_PHOTO: 'CONTENT',
  CONTENT_TOO_LONG: 'CONTENT',
  CONTENT_TOO_LARGE: 'CONTENT',
  USER_URL: 'CONTENT',
  LOCAL_DISK: 'LOCAL',
  USER_CANCEL: 'LOCAL',
} as const satisfies Record<string, ErrorClass>;

/** `TELEGRAM_*` are failures of the delivery, named where it is done. */
export type ErrorCode = keyof typeof CLASS_OF | `TELEGRAM_${string}`;

export const ERROR_CODES = Object.keys(CLASS_OF) as (keyof typeof CLASS_OF)[];

export function classOf(code: ErrorCode): ErrorClass {
  return isTelegram(code) ? 'LOCAL' : CLASS_OF[code];
}

function isTelegram(code: ErrorCode): code is `TELEGRAM_${string}` {
  return code.startsWith('TELEGRAM_');
}
