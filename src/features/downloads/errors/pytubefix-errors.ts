import type { Platform } from '../links/media-link.js';
import type { ErrorCode } from './error-codes.js';
import { codeOfStatus } from './http-status.js';
import { ProviderError } from './provider-error.js';
import { codeOfWords, lastError } from './yt-dlp-errors.js';

/** An exception that ended a run of pytubefix. */
export interface PytubefixFailure {
  /** Its class; of a URLError that of its reason. */
  name: string;
  message: string;
  /** `bytes` once the medium itself was asked for. */
  stage: 'page' | 'bytes';
  /** Of the HTTP answer that it is about, if it is. */
  status: number | null;
  retryAfterSec: number | null;
}

/** By the class of the exception: pytubefix's own, the runner's, and those of Python's network library. */
const CODES: Readonly<Record<string, ErrorCode>> = {
  BotDetection: 'BLOCK_IP',
  PoTokenRequired: 'HTTP_403',
  SABRError: 'HTTP_403',
  AgeRestrictedError: 'CONTENT_AGE',
  AgeCheckRequiredError: 'CONTENT_AGE',
  AgeCheckRequiredAccountError: 'CONTENT_AGE',
  VideoPrivate: 'CONTENT_PRIVATE',
  MembersOnly: 'CONTENT_PRIVATE',
  VideoRegionBlocked: 'CONTENT_GEO',
  VideoBlockedByCopyright: 'CONTENT_GONE',
  VideoRemovedByUploader: 'CONTENT_GONE',
  VideoRemovedByYouTubeForViolatingTOS: 'CONTENT_GONE',
  AccountTerminated: 'CONTENT_GONE',
  RecordingUnavailable: 'CONTENT_GONE',
  LiveStreamError: 'CONTENT_LIVE',
  LiveStreamOffline: 'CONTENT_LIVE',
  LiveStreamEnded: 'CONTENT_LIVE',
  RegexMatchError: 'PROVIDER_BUG',
  InterpretationError: 'PROVIDER_BUG',
  ExtractError: 'PROVIDER_BUG',
  HTMLParseError: 'PROVIDER_BUG',
  InnerTubeResponseError: 'PROVIDER_BUG',
  NodeRunnerError: 'PROVIDER_BUG',
  NodeRunnerEmptyResponseError: 'PROVIDER_BUG',
  NodeRunnerUndefinedResponseError: 'PROVIDER_BUG',
  NodeRunnerInvalidResponseError: 'PROVIDER_BUG',
  PytubeFixError: 'PROVIDER_BUG',
  KeyError: 'PROVIDER_BUG',
  TypeError: 'PROVIDER_BUG',
  MaxRetriesExceeded: 'STALL',

  NoStream: 'NO_FORMAT',
  TooLarge: 'CONTENT_TOO_LARGE',
  ModuleNotFoundError: 'CONFIG',
  ImportError: 'CONFIG',

  TimeoutError: 'STALL',
  timeout: 'STALL',
  IncompleteRead: 'STALL',
  RemoteDisconnected: 'STALL',
  ConnectionResetError: 'STALL',
  ConnectionAbortedError: 'STALL',
  BrokenPipeError: 'STALL',
  SSLEOFError: 'TLS_EOF',
  SSLZeroReturnError: 'TLS_EOF',
  SSLCertVerificationError: 'PROVIDER_BUG',
  ConnectionRefusedError: 'EGRESS_DOWN',
  gaierror: 'EGRESS_DOWN',
};

/** Exceptions that pass on the platform's own words: those decide, and without any that are known, these. */
const SPEAKING: Readonly<Record<string, ErrorCode>> = {
  VideoUnavailable: 'CONTENT_GONE',
  LoginRequired: 'CONTENT_PRIVATE',
  UnknownVideoError: 'PROVIDER_BUG',
};

/** What an exception of a run means. */
export function pytubefixError(failure: PytubefixFailure, platform: Platform): ProviderError {
  const { name, message, retryAfterSec } = failure;
  return new ProviderError(codeOf(failure, platform), message === '' ? name : `${name}: ${message}`, {
    retryAfterSec: retryAfterSec ?? undefined,
  });
}

/** A run that ended without saying why, as when Python itself fails: its last words. */
export function pytubefixCrash(stderr: string, platform: Platform): ProviderError {
  const said = lastError(stderr);
  return new ProviderError(codeOfWords(said, platform) ?? 'PROVIDER_BUG', said);
}

function codeOf({ name, message, stage, status }: PytubefixFailure, platform: Platform): ErrorCode {
  if (status !== null) return stage === 'bytes' ? codeOfStatus(status, platform) : codeOfPage(status);
  return CODES[name] ?? codeOfTunnel(message) ?? codeOfWords(message, platform) ?? SPEAKING[name] ?? 'PROVIDER_BUG';
}

/** Pages are asked for at addresses that are always there, so what is not found is a fault of the program. */
function codeOfPage(status: number): ErrorCode {
  if (status === 401) return 'HTTP_401';
  if (status === 403) return 'HTTP_403';
  if (status === 429) return 'HTTP_429';
  return status >= 500 ? 'UPSTREAM_5XX' : 'PROVIDER_BUG';
}

/** Our gateway refuses private addresses with 403; whatever else it answers, nobody got through. */
function codeOfTunnel(message: string): ErrorCode | null {
  const status = /tunnel connection failed: (\d{3})/i.exec(message)?.[1];
  if (status === undefined) return null;
  return status === '403' ? 'USER_URL' : 'EGRESS_DOWN';
}
