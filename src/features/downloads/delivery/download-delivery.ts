import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { Jobs } from '../../../platform/queue/jobs.js';
import { Storage } from '../../../platform/storage/storage.js';
import { DownloadsFrontend, type Failure, type ReadyMedia } from '../downloads.frontend.js';
import { runDownload } from '../downloads.jobs.js';
import { classOf } from '../errors/error-codes.js';
import type { DownloadRequest } from '../requests/download-request.entity.js';
import { FlightsRepository } from '../requests/flights.repository.js';
import { RequestsRepository } from '../requests/requests.repository.js';
import type { SentMedia } from './sent-media.entity.js';
import { SentMediaRepository } from './sent-media.repository.js';
import { storageFolderOf } from './storage-folder.js';

/** What Telegram answered to a sent medium. */
export type SentFile = Pick<
  SentMedia,
  'fileId' | 'fileUniqueId' | 'sizeBytes' | 'asDocument' | 'width' | 'height' | 'durationSec'
>;

/**
 * The end of a request: its medium on the way to Telegram, and what follows when it has arrived, has not, or is not
 * wanted any more. Every method is one transaction, or takes part in one.
 */
@Injectable()
export class DownloadDelivery {
  constructor(
    private readonly database: Database,
    private readonly requests: RequestsRepository,
    private readonly flights: FlightsRepository,
    private readonly sentMedia: SentMediaRepository,
    private readonly frontend: DownloadsFrontend,
    private readonly storage: Storage,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  /** Hands over what a worker has got. @returns false when the request is not its any more, or was cancelled */
  async deliverNew(request: DownloadRequest, media: ReadyMedia): Promise<boolean> {
    return this.database.transaction(async () => {
      const { title, durationSec } = media;
      if (!(await this.requests.move(request, 'uploading', { title, durationSec }))) return false;
      const now = await this.requests.get(request.id);
      await this.frontend.show(now, { kind: 'uploading' });
      await this.frontend.deliver(now, media);
      return true;
    });
  }

  /** Sends what Telegram has already. @returns false when the request is somebody else's by now, or was cancelled */
  async deliverKnown(request: DownloadRequest, known: SentMedia): Promise<boolean> {
    return this.database.transaction(async () => {
      const { title, durationSec } = known;
      const moved = await this.requests.move(request, 'uploading', { title, durationSec, leaderId: null });
      if (moved) await this.frontend.deliver(request, readyMedia(known));
      return moved;
    });
  }

  /**
   * Telegram has the medium: the person is served, and so are all who waited for the same.
   * @param sent null when the answer does not tell how to send it again
   */
  async arrived(requestId: string, sent: SentFile | null): Promise<void> {
    await this.database.transaction(async () => {
      const request = await this.requests.get(requestId);
      if (!(await this.requests.move(request, 'delivered', { uploadMs: this.sinceUpload(request) }))) return;
      if (sent) await this.sentMedia.remember(request, { ...sent, title: request.title });
      await this.frontend.delivered(request);
      for (const follower of await this.flights.members(requestId)) await this.adopt(follower);
      await this.dropFiles(requestId);
    });
  }

  /** Telegram would not take it. A `file_id` that it has forgotten is no failure: the medium is downloaded again. */
  async refused(
    requestId: string,
    { staleFileId, code }: { staleFileId: boolean; code: Failure['code'] },
  ): Promise<void> {
    await this.database.transaction(async () => {
      const request = await this.requests.get(requestId);
      if (staleFileId) {
        await this.sentMedia.forget(request);
        await this.startOver(request);
        return;
      }
      // It says something of this chat, not of the medium: the others go on.
      if (!(await this.end(request, { code, overloaded: false }))) return;
      await this.dropFiles(requestId);
      await this.passOn(requestId);
    });
  }

  /** Ends a request without its medium, and with it those that waited for it. */
  async fail(request: DownloadRequest, failure: Failure): Promise<void> {
    await this.database.transaction(async () => {
      const followers = await this.flights.members(request.id);
      if (!(await this.end(request, failure))) return;
      for (const follower of followers) if (follower.id !== request.id) await this.end(follower, failure);
      await this.dropFiles(request.id);
    });
  }

  /** The asker has thought better of it; whoever waited for the same goes on. @returns false when it was too late */
  async cancel(request: DownloadRequest): Promise<boolean> {
    return this.database.transaction(async () => {
      if (!(await this.requests.move(request, 'cancelled'))) return false;
      await this.frontend.cancelled(request);
      await this.dropFiles(request.id);
      await this.passOn(request.id);
      return true;
    });
  }

  /** One that waited for another's download which is over: it is served from what was sent, or goes on by itself. */
  async adopt(follower: DownloadRequest): Promise<void> {
    await this.database.transaction(async () => {
      const known = await this.sentMedia.find(follower);
      if (known) {
        await this.deliverKnown(follower, known);
        return;
      }
      await this.requests.note(follower.id, { leaderId: null });
      await this.jobs.enqueue(runDownload, { requestId: follower.id, run: follower.run });
    });
  }

  private async end(request: DownloadRequest, failure: Failure): Promise<boolean> {
    const changes = { errorCode: failure.code, errorClass: classOf(failure.code) };
    const moved = await this.requests.move(request, 'failed', changes);
    if (moved) await this.frontend.failed(request, failure);
    return moved;
  }

  private async passOn(requestId: string): Promise<void> {
    const heir = await this.flights.promoteFollower(requestId);
    if (heir) await this.jobs.enqueue(runDownload, { requestId: heir.id, run: heir.run });
  }

  private async startOver(request: DownloadRequest): Promise<void> {
    const queued = await this.requests.queueAgain(request);
    if (!queued) return;
    await this.jobs.enqueue(runDownload, { requestId: queued.id, run: queued.run });
    await this.frontend.acknowledge(queued, { kind: 'finding' });
  }

  private sinceUpload({ timings }: DownloadRequest): number | null {
    return timings.uploading === undefined ? null : this.clock.now().getTime() - Date.parse(timings.uploading);
  }

  private async dropFiles(requestId: string): Promise<void> {
    await this.database.afterCommit(() => this.storage.remove(storageFolderOf(requestId)));
  }
}

function readyMedia({ fileId, asDocument, title, width, height, durationSec }: SentMedia): ReadyMedia {
  return { source: { fileId }, asDocument, title, width, height, durationSec, mayNotPlayEverywhere: false };
}
