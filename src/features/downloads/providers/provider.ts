import type { EgressFetch } from '../../../platform/http/index.js';
import type { ErrorCode } from '../errors/error-codes.js';
import type { MediaLink, Platform } from '../links/media-link.js';

/** What can be known of a medium before its bytes are fetched; null = the provider does not say. */
export interface MediaFacts {
  title: string | null;
  durationSec: number | null;
  /** Of the format that would be chosen. */
  sizeBytes: number | null;
  width: number | null;
  height: number | null;
  isLive: boolean;
  ageLimit: number | null;
}

export interface DownloadLimits {
  maxBytes: number;
  maxDurationSec: number;
}

/** One call of a provider: what to fetch, where to work, which way out to take. */
export interface ProviderCall {
  link: MediaLink;
  /** A folder of this attempt alone, already there; it is removed by the caller on every way out. */
  workDir: string;
  /** HTTP proxy that every request for the link must go through. */
  proxyUrl: string;
  /** For our own fetches: it takes the same way out. */
  fetch: EgressFetch;
  /** Name of the way out behind the proxy: what was learnt on one way is good on that one only. */
  egress?: string;
  limits: DownloadLimits;
  /** No new bytes for this long is a stall. */
  stallMs: number;
  signal: AbortSignal;
}

export interface Progress {
  bytes: number;
  /** null while nobody knows. */
  totalBytes: number | null;
  bytesPerSecond: number | null;
  etaSec: number | null;
}

/** One try inside an attempt: the first, or a repetition on the same provider. */
export interface ProviderTry {
  kind: 'first' | 'reextract' | 'resume' | 'egress';
  /** How it ended; null: well. */
  errorCode: ErrorCode | null;
}

/** Where a provider tells how far it is. Calls are cheap; the listener throttles. */
export interface DownloadSink {
  progress(progress: Progress): void;
  /** A try has failed, and the provider goes on with another. */
  tried(failed: ProviderTry, next: ProviderTry['kind']): void;
}

export interface DownloadedMedia {
  /** Absolute, inside the call's `workDir`. */
  path: string;
  title: string | null;
  /** As the source announced it: checked against the file afterwards. */
  expectedDurationSec: number | null;
  bytes: number;
  /** Milliseconds until the first byte of the medium; null when it cannot be told. */
  ttfbMs: number | null;
}

/** Whether a provider can work on this machine. */
export interface ProviderReadiness {
  ready: boolean;
  reason?: string;
  version?: string;
  /** What it can serve here; all platforms unless told. */
  platforms?: readonly Platform[];
}

/**
 * A way to get a medium. It knows nothing of routing, cooldowns or Telegram.
 * @throws ProviderError with a code of the one table, NotApplicable when the link is nothing for it, or the signal's
 *   reason when it was aborted.
 */
export interface Provider {
  readonly name: string;
  readiness(): Promise<ProviderReadiness>;
  probe(call: ProviderCall): Promise<MediaFacts>;
  download(call: ProviderCall, sink: DownloadSink): Promise<DownloadedMedia>;
}
