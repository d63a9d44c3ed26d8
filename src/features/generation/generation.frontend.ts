import type { GenerationBatch } from './batches/generation-batch.entity.js';
import type { GenerationJob } from './jobs/generation-job.entity.js';
import type { ErrorClass } from './kie/error-class.js';

/** Who is told, where, and in which language. */
export type Recipient = Pick<GenerationBatch, 'bot' | 'chatId' | 'tgUserId' | 'language'>;

/** A video that can be sent: a new one lies in the storage, a known one with Telegram. */
export interface ReadyVideo {
  source: { storageKey: string; sizeBytes: number } | { fileId: string };
  width: number | null;
  height: number | null;
  durationSec: number | null;
}

export interface Failure {
  class: ErrorClass;
  /** What users call the model that has refused. */
  model: string;
  /** Credits that came back. */
  credits: number;
}

/**
 * Port: the bot that a batch came through. All it writes belongs to the ambient transaction, under keys that make
 * repeating harmless: `batch:{id}:started`, `job:{id}:retrying`, `videoKey(job)`, `job:{id}:failed:{round}`,
 * `…:cancelled:{round}`, `…:refunded:{round}`.
 */
export abstract class GenerationFrontend {
  /** Once for each batch. */
  abstract started(batch: GenerationBatch): Promise<void>;

  /** At most once for each job. */
  abstract retrying(job: GenerationJob, to: Recipient): Promise<void>;

  /** What was paid for, under `videoKey(job)`. Its end is reported to `VideoDelivery`. */
  abstract deliver(job: GenerationJob, video: ReadyVideo, to: Recipient): Promise<void>;

  /**
   * A video that was delivered before, once for each key. Its end is reported to `VideoDelivery`, too: Telegram may have
   * forgotten it (`stale`), or now know it by an id.
   */
  abstract sendAgain(job: GenerationJob, video: ReadyVideo, to: Recipient, key: string): Promise<void>;

  abstract failed(job: GenerationJob, failure: Failure, to: Recipient): Promise<void>;

  /** The operator has cancelled it. */
  abstract cancelled(job: GenerationJob, to: Recipient): Promise<void>;

  /** The operator has given back what a delivered video has cost. */
  abstract refunded(job: GenerationJob, to: Recipient): Promise<void>;
}
