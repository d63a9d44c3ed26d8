import type { MediaKind } from './delivery/sent-file.js';
import type { ErrorCode } from './errors/error-codes.js';
import type { Progress } from './providers/provider.js';
import type { DownloadRequest } from './requests/download-request.entity.js';

/** How far a download is, as a person is shown it. */
export type Phase =
  | { kind: 'queued'; place: number }
  | { kind: 'finding' }
  /** Every provider that could is at work for others. */
  | { kind: 'busy' }
  /** Our disk is full for the moment. */
  | { kind: 'no_room' }
  /** A provider is getting it ready, from 0 to 1 when it says how far it is. */
  | { kind: 'preparing'; ratio: number | null }
  | { kind: 'downloading'; progress: Progress | null }
  /** `ratio` from 0 to 1 while something is encoded. */
  | { kind: 'processing'; ratio: number | null }
  | { kind: 'uploading' };

/** A file that can be sent: new ones lie in the storage, known ones with Telegram. */
export interface ReadyFile {
  kind: MediaKind;
  source: { storageKey: string; thumbnailKey: string | null; sizeBytes: number } | { fileId: string };
  /** Pixels as a viewer sees them; null without a picture, and where nobody knows. */
  width: number | null;
  height: number | null;
  durationSec: number | null;
}

/** A medium that can be sent. */
export interface ReadyMedia {
  /** One for most; those of an album in their order. */
  files: ReadyFile[];
  title: string | null;
  mayNotPlayEverywhere: boolean;
}

export interface Failure {
  code: ErrorCode;
  /** Every provider is busy, cooling down or out of budget: it is worth trying later. */
  overloaded: boolean;
}

/** Port: the bot that a request came through. All it writes belongs to the ambient transaction. */
export abstract class DownloadsFrontend {
  /** The one status message of a request, with its Cancel button. */
  abstract acknowledge(request: DownloadRequest, phase: Phase): Promise<void>;

  /** Edits it. */
  abstract show(request: DownloadRequest, phase: Phase): Promise<void>;

  /**
   * Sends as one message, a reply, what fits in one: a file, or an album of two to ten. Its end is reported to
   * `DownloadDelivery`.
   * @param part which of the request's messages it is, from 0
   */
  abstract deliver(request: DownloadRequest, media: ReadyMedia, part: number): Promise<void>;

  /** The medium has arrived: the status message goes. */
  abstract delivered(request: DownloadRequest): Promise<void>;

  abstract failed(request: DownloadRequest, failure: Failure): Promise<void>;

  abstract cancelled(request: DownloadRequest): Promise<void>;
}
