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
  /** Heights of the pictures to choose from, the largest first; absent when they are not told. */
  heights?: readonly number[];
}

/** What the person wants of it. */
export interface Wish {
  /** `best` or a height such as `720`: the largest that is not above it. */
  quality: string;
  /** `audio`: sound alone, M4A or MP3. A provider may answer with a video: its sound is taken out afterwards. */
  kind: 'video' | 'audio';
}

/** What the operator has set up of a provider, as its adapter needs it. */
export interface ProviderSetup {
  name: string;
  /** Without a slash at its end; null for what runs on this machine, and where nothing leads to the API. */
  baseUrl: string | null;
  /** What RapidAPI wants as `x-rapidapi-host`. */
  apiHost: string | null;
  apiKey: string | null;
  options: ProviderOptions;
}

/** `download_providers.options`; all of them may be missing. */
export interface ProviderOptions {
  /** Units of a month that the subscription includes. */
  quotaMonthUnits?: number;
  /** What the operator pays for it is told by this subscription of his. */
  subscriptionId?: string;
  /** Its videos are known to label square pixels wrongly. */
  squarePixels?: boolean;
  /** Names of egress endpoints; the machine's own way out when missing. */
  egress?: string[];
  maxDurationSec?: number;
}

/** What a provider needs to go on with an outside job, maybe in another process: JSON, without secrets of ours. */
export type Resume = Readonly<Record<string, unknown>>;

/** What is left of what an API lets us use, as its last answer told. */
export interface Quota {
  limit: number | null;
  remaining: number;
  /** ISO time at which it is full again. */
  resetAt: string | null;
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
  egress: string;
  setup: ProviderSetup;
  wish: Wish;
  /** As far as it is known before. */
  durationSec: number | null;
  /** What the provider itself has thrown as `Waiting` before; null at the beginning. */
  resume: Resume | null;
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
  /** The provider has charged for the call: `factor` times what one download costs. Told once at most. */
  charged(factor: number): void;
  quota(quota: Quota): void;
}

/** A file of a post. */
export interface DownloadedFile {
  /** Absolute, inside the call's `workDir`. */
  path: string;
  kind: 'video' | 'photo' | 'audio';
  bytes: number;
}

export interface DownloadedMedia {
  /** Absolute, inside the call's `workDir`. */
  path: string;
  title: string | null;
  /** As the source announced it: checked against the file afterwards. */
  expectedDurationSec: number | null;
  bytes: number;
  /** The source has sound: a file without it is not all of it. */
  hasSound?: boolean;
  /** Milliseconds until the first byte of the medium; null when it cannot be told. */
  ttfbMs: number | null;
  /** All files of a post that has several, or of one that is a photo; in order, the first is the one above. */
  album?: readonly DownloadedFile[];
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
 * Thrown by `download` when an outside job must be waited for: the attempt rests, holding its slot but no worker, and
 * `download` is called again after `afterMs` with `resume` in its call.
 */
export class Waiting extends Error {
  constructor(
    readonly resume: Resume,
    readonly afterMs: number,
    /** From 0 to 1, when the other side tells. */
    readonly ratio: number | null = null,
  ) {
    super('waiting for an outside job');
    this.name = 'Waiting';
  }
}

/**
 * A way to get a medium. It knows nothing of routing, cooldowns or Telegram.
 * @throws ProviderError with a code of the one table, NotApplicable when the link is nothing for it, or the signal's
 *   reason when it was aborted.
 */
export interface Provider {
  readonly name: string;
  /** `local` ones reach the platform themselves, from our addresses; an `api` does so from its own. */
  readonly kind: 'local' | 'api';
  /** Longest time of one attempt; absent: as long as a download may take. */
  readonly timeoutSec?: number;
  readiness(setup: ProviderSetup): Promise<ProviderReadiness>;
  /** Absent when nothing can be learnt before the download, or not for free. */
  probe?(call: ProviderCall): Promise<MediaFacts>;
  download(call: ProviderCall, sink: DownloadSink): Promise<DownloadedMedia>;
  /** How many times the price of a short video one of this length costs; 1 when absent. */
  costFactor?(durationSec: number): number;
}
