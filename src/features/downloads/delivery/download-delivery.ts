import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { Storage } from '../../../platform/storage/storage.js';
import { telegramConfig, type TelegramConfig } from '../../../telegram/index.js';
import { DownloadsFrontend, type Failure, type ReadyFile, type ReadyMedia } from '../downloads.frontend.js';
import { classOf } from '../errors/error-codes.js';
import type { DownloadRequest, Refusal, SentPart } from '../requests/download-request.entity.js';
import { FlightsRepository } from '../requests/flights.repository.js';
import { RequestsRepository } from '../requests/requests.repository.js';
import { RunQueue } from '../requests/run-queue.js';
import { messagesOf } from './messages-of.js';
import type { SentFile } from './sent-file.js';
import type { SentMedia } from './sent-media.entity.js';
import { SentMediaRepository } from './sent-media.repository.js';
import { storageFolderOf } from './storage-folder.js';

const MIB = 1_048_576;

/**
 * The end of a request: its medium on the way to Telegram, and what follows when it has arrived, has not, or is not
 * wanted any more. Every method is one transaction, or takes part in one.
 */
@Injectable()
export class DownloadDelivery {
  constructor(
    @Inject(telegramConfig.key) private readonly telegram: TelegramConfig,
    private readonly database: Database,
    private readonly requests: RequestsRepository,
    private readonly flights: FlightsRepository,
    private readonly sentMedia: SentMediaRepository,
    private readonly frontend: DownloadsFrontend,
    private readonly storage: Storage,
    private readonly queue: RunQueue,
    private readonly clock: Clock,
  ) {}

  /** Hands over what a worker has got. @returns false when the request is not its any more, or was cancelled */
  async deliverNew(request: DownloadRequest, media: ReadyMedia): Promise<boolean> {
    return this.database.transaction(async () => {
      const { title, files } = media;
      const durationSec = durationOf(files);
      if (!(await this.requests.move(request, 'uploading', { title, durationSec }))) return false;
      const now = await this.requests.get(request.id);
      await this.frontend.show(now, { kind: 'uploading' });
      await this.send(now, media);
      return true;
    });
  }

  /** Sends what Telegram has already. @returns false when the request is somebody else's by now, or was cancelled */
  async deliverKnown(request: DownloadRequest, known: SentMedia): Promise<boolean> {
    return this.database.transaction(async () => {
      const { title, files } = known;
      const durationSec = durationOf(files);
      const moved = await this.requests.move(request, 'uploading', { title, durationSec, leaderId: null });
      if (moved) await this.send(request, { title, files: files.map(knownFile), mayNotPlayEverywhere: false });
      return moved;
    });
  }

  /**
   * Telegram has taken a message of the request. With the last one the person is served, and so are all who waited for the
   * same.
   * @param files null when the answer does not tell how to send them again
   */
  async arrived(requestId: string, files: SentFile[] | null, part = 0): Promise<void> {
    await this.settle(requestId, part, { files });
  }

  /** Telegram would not take it. What it has forgotten is no failure: the medium is downloaded again. */
  async refused(requestId: string, refusal: Refusal, part = 0): Promise<void> {
    await this.settle(requestId, part, refusal);
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
      await this.queue.add(follower);
    });
  }

  private async send(request: DownloadRequest, media: ReadyMedia): Promise<void> {
    const messages = messagesOf(media.files, this.telegram.uploadLimitMb * MIB);
    await this.requests.note(request.id, { parts: messages.map(() => null) });
    for (const [part, files] of messages.entries()) await this.frontend.deliver(request, { ...media, files }, part);
  }

  /** What follows is decided when the last of its messages has ended: whatever Telegram takes of an album is sent. */
  private async settle(requestId: string, part: number, end: SentPart): Promise<void> {
    await this.database.transaction(async () => {
      const request = await this.requests.lock(requestId);
      if (request?.state !== 'uploading') return;
      const parts = request.parts.map((before, index) => (index === part ? end : before));
      await this.requests.note(requestId, { parts });
      const ended = parts.filter((each) => each !== null);
      if (ended.length < parts.length) return;
      const refusals = ended.filter((each) => 'code' in each);
      const [refusal] = refusals;
      if (!refusal)
        await this.conclude(
          request,
          ended.filter((each) => 'files' in each).map(({ files }) => files),
        );
      else if (refusals.some(({ staleFileId }) => staleFileId)) await this.startOver(request);
      else await this.giveUp(request, refusal);
    });
  }

  private async conclude(request: DownloadRequest, sent: (SentFile[] | null)[]): Promise<void> {
    if (!(await this.requests.move(request, 'delivered', { uploadMs: this.sinceUpload(request) }))) return;
    const files = sent.flatMap((each) => each ?? []);
    if (!sent.includes(null)) await this.sentMedia.remember(request, { title: request.title, files });
    await this.frontend.delivered(request);
    for (const follower of await this.flights.members(request.id)) await this.adopt(follower);
    await this.dropFiles(request.id);
  }

  /** It says something of this chat, not of the medium: the others go on. */
  private async giveUp(request: DownloadRequest, { code }: Refusal): Promise<void> {
    if (!(await this.end(request, { code, overloaded: false }))) return;
    await this.dropFiles(request.id);
    await this.passOn(request.id);
  }

  private async end(request: DownloadRequest, failure: Failure): Promise<boolean> {
    const changes = { errorCode: failure.code, errorClass: classOf(failure.code) };
    const moved = await this.requests.move(request, 'failed', changes);
    if (moved) await this.frontend.failed(request, failure);
    return moved;
  }

  private async passOn(requestId: string): Promise<void> {
    const heir = await this.flights.promoteFollower(requestId);
    if (heir) await this.queue.add(heir);
  }

  private async startOver(request: DownloadRequest): Promise<void> {
    await this.sentMedia.forget(request);
    const queued = await this.requests.queueAgain(request);
    if (!queued) return;
    await this.queue.add(queued);
    await this.frontend.acknowledge(queued, { kind: 'finding' });
  }

  private sinceUpload({ timings }: DownloadRequest): number | null {
    return timings.uploading === undefined ? null : this.clock.now().getTime() - Date.parse(timings.uploading);
  }

  private async dropFiles(requestId: string): Promise<void> {
    await this.database.afterCommit(() => this.storage.remove(storageFolderOf(requestId)));
  }
}

function knownFile({ kind, fileId, width, height, durationSec }: SentFile): ReadyFile {
  return { kind, source: { fileId }, width, height, durationSec };
}

/** Of the first that lasts at all. */
function durationOf(files: readonly { durationSec: number | null }[]): number | null {
  return files.find(({ durationSec }) => durationSec !== null)?.durationSec ?? null;
}
