import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { Jobs } from '../../../platform/queue/jobs.js';
import { Storage } from '../../../platform/storage/storage.js';
import { DownloadsFrontend, type Failure, type ReadyMedia } from '../downloads.frontend.js';
import { runDownload } from '../downloads.jobs.js';
import { classOf } from '../errors/error-codes.js';
import type { DownloadRequest } from '../requests/download-request.entity.js';
import { RequestsRepository } from '../requests/requests.repository.js';
import type { SentMedia } from './sent-media.entity.js';
import { SentMediaRepository } from './sent-media.repository.js';

/** What Telegram answered to a sent medium. */
export type SentFile = Pick<SentMedia, 'fileId' | 'fileUniqueId' | 'sizeBytes'> &
  Pick<SentMedia, 'asDocument' | 'width' | 'height' | 'durationSec'>;

export const storageFolderOf = (requestId: string) => `downloads/${requestId}`;

/**
 * The end of a request: its medium on the way to Telegram, and what follows when it has arrived, has not, or is not
 * wanted any more. Every method is one transaction, or takes part in one.
 */
@Injectable()
export class DownloadDelivery {
  constructor(
    private readonly database: Database,
    private readonly requests: RequestsRepository,
    private readonly sentMedia: SentMediaRepository,
    private readonly frontend: DownloadsFrontend,
    private readonly storage: Storage,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  /** Hands over what a worker has got. @returns false when the worker does not hold the request any more. */
  async deliverNew(request: DownloadRequest, media: ReadyMedia): Promise<boolean> {
    return this.database.transaction(async () => {
      if (
        !(await this.requests.advance(request, 'uploading', { title: media.title, durationSec: media.durationSec }))
      ) {
        return false;
      }
      await this.frontend.show(request, { kind: 'uploading' });
      await this.frontend.deliver(request, media);
      return true;
    });
  }

  /** Sends what Telegram has already. @returns false when the request has gone on without us. */
  async deliverKnown(request: DownloadRequest, known: SentMedia): Promise<boolean> {
    return this.database.transaction(async () => {
      const changes = { title: known.title, durationSec: known.durationSec, leaderId: null };
      const moved =
        request.claim === null
          ? await this.requests.transition(request.id, 'uploading', changes)
          : await this.requests.advance(request, 'uploading', changes);
      if (moved) {
        await this.frontend.deliver(request, readyMedia(known));
      }
      return moved;
    });
  }

  /** Telegram has the medium: the person is served, and so are all who waited for the same. */
  async arrived(requestId: string, sent: SentFile): Promise<void> {
    await this.database.transaction(async () => {
      const request = await this.requests.get(requestId);
      if (!(await this.requests.transition(requestId, 'delivered', { uploadMs: this.sinceUpload(request) }))) return;
      await this.sentMedia.remember(request, { ...sent, title: request.title });
      await this.frontend.delivered(request);
      await this.serveFollowers(request);
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
      if (!staleFileId) {
        await this.fail(request, { code, overloaded: false });
        return;
      }
      await this.sentMedia.forget(request);
      await this.startOver(request);
    });
  }

  /** Ends a request without its medium, and with it those that waited for it. */
  async fail(request: DownloadRequest, failure: Failure): Promise<void> {
    await this.database.transaction(async () => {
      for (const member of await this.requests.flight(request.id)) {
        const changes = { errorCode: failure.code, errorClass: classOf(failure.code) };
        const held = member.id === request.id && request.claim !== null;
        const moved = held
          ? await this.requests.advance(request, 'failed', changes)
          : await this.requests.transition(member.id, 'failed', changes);
        if (moved) await this.frontend.failed(member, failure);
      }
      await this.dropFiles(request.id);
    });
  }

  /** The asker has thought better of it; whoever waited for the same goes on in his place. */
  async afterCancel(request: DownloadRequest): Promise<void> {
    await this.frontend.cancelled(request);
    await this.dropFiles(request.id);
    const heir = await this.requests.promoteFollower(request.id);
    if (heir) await this.jobs.enqueue(runDownload, { requestId: heir.id, run: heir.run });
  }

  /** Followers whose leader ended without telling them: they are served from what it sent, or go on by themselves. */
  async adopt(orphan: DownloadRequest): Promise<void> {
    await this.database.transaction(async () => {
      await this.requests.lockMedium(orphan);
      const known = await this.sentMedia.find(orphan);
      if (known) {
        await this.deliverKnown(orphan, known);
        return;
      }
      const leader = await this.requests.findLeader(orphan);
      await this.requests.note(orphan.id, { leaderId: leader?.id ?? null });
      if (!leader) await this.jobs.enqueue(runDownload, { requestId: orphan.id, run: orphan.run });
    });
  }

  private sinceUpload({ timings }: DownloadRequest): number | null {
    return timings.uploading === undefined ? null : this.clock.now().getTime() - Date.parse(timings.uploading);
  }

  private async serveFollowers(leader: DownloadRequest): Promise<void> {
    const known = await this.sentMedia.find(leader);
    if (!known) return;
    for (const follower of await this.requests.flight(leader.id)) await this.deliverKnown(follower, known);
  }

  private async startOver(request: DownloadRequest): Promise<void> {
    if (!(await this.requests.transition(request.id, 'queued'))) return;
    const { run } = await this.requests.raiseRun(request.id);
    await this.jobs.enqueue(runDownload, { requestId: request.id, run });
    await this.frontend.acknowledge(request, { kind: 'finding' });
  }

  private async dropFiles(requestId: string): Promise<void> {
    await this.database.afterCommit(() => this.storage.remove(storageFolderOf(requestId)));
  }
}

function readyMedia({ fileId, asDocument, title, width, height, durationSec }: SentMedia): ReadyMedia {
  return { source: { fileId }, asDocument, title, width, height, durationSec, mayNotPlayEverywhere: false };
}
