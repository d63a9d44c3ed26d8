import type { ErrorCode } from './errors/error-codes.js';
import type { Progress } from './providers/provider.js';
import type { DownloadRequest } from './requests/download-request.entity.js';

/** How far a download is, as a person is shown it. */
export type Phase =
  | { kind: 'queued'; place: number }
  | { kind: 'finding' }
  | { kind: 'downloading'; progress: Progress | null }
  /** `ratio` from 0 to 1 while something is encoded. */
  | { kind: 'processing'; ratio: number | null }
  | { kind: 'uploading' };

/** A medium that can be sent: new ones lie in the storage, known ones with Telegram. */
export interface ReadyMedia {
  source: { storageKey: string; thumbnailKey: string | null } | { fileId: string };
  asDocument: boolean;
  title: string | null;
  width: number | null;
  height: number | null;
  durationSec: number | null;
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

  /** Sends the medium as a reply. Its end is reported to `DownloadDelivery`. */
  abstract deliver(request: DownloadRequest, media: ReadyMedia): Promise<void>;

  /** The medium has arrived: the status message goes. */
  abstract delivered(request: DownloadRequest): Promise<void>;

  abstract failed(request: DownloadRequest, failure: Failure): Promise<void>;

  abstract cancelled(request: DownloadRequest): Promise<void>;
}
