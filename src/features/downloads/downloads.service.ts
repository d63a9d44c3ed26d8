import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { Events } from '../../platform/events/events.js';
import { Jobs } from '../../platform/queue/jobs.js';
import { DownloadDelivery } from './delivery/download-delivery.js';
import { SentMediaRepository } from './delivery/sent-media.repository.js';
import { downloadsConfig, type DownloadsConfig } from './downloads.config.js';
import { downloadCancelRequested } from './downloads.events.js';
import { DownloadsFrontend } from './downloads.frontend.js';
import { runDownload } from './downloads.jobs.js';
import { tellLink } from './links/tell-link.js';
import type { DownloadRequest } from './requests/download-request.entity.js';
import { newErrorRef } from './requests/error-ref.js';
import { WORKING } from './requests/request-state.js';
import { RequestsRepository } from './requests/requests.repository.js';

/** Who asked, and where the answer goes. */
export type Asker = Pick<DownloadRequest, 'bot' | 'chatId' | 'messageId' | 'tgUserId' | 'language'>;

/** What people can do with downloads: ask for one, and think better of it. */
@Injectable()
export class DownloadsService {
  constructor(
    @Inject(downloadsConfig.key) private readonly config: DownloadsConfig,
    private readonly database: Database,
    private readonly requests: RequestsRepository,
    private readonly sentMedia: SentMediaRepository,
    private readonly delivery: DownloadDelivery,
    private readonly frontend: DownloadsFrontend,
    private readonly jobs: Jobs,
    private readonly events: Events,
  ) {}

  /**
   * Writes the request down and answers at once: with the medium when Telegram has it, else with a status message.
   */
  async ask(asker: Asker, link: string): Promise<'accepted' | 'unsupported'> {
    const told = tellLink(link, { directEnabled: this.config.directEnabled });
    if ('refused' in told) return 'unsupported';
    const options = { quality: 'best', kind: 'video' } as const;
    await this.database.transaction(async () => {
      const medium = { bot: asker.bot, mediaKey: told.mediaKey, options };
      await this.requests.lockMedium(medium);
      const request = await this.requests.insert({ ...asker, ...told, options, link, errorRef: newErrorRef() });
      const known = await this.sentMedia.find(medium);
      if (known) {
        await this.delivery.deliverKnown(request, known);
        return;
      }
      const leader = await this.requests.findLeader({ ...medium, id: request.id });
      if (leader) await this.requests.note(request.id, { leaderId: leader.id });
      else await this.jobs.enqueue(runDownload, { requestId: request.id, run: request.run });
      const place = await this.requests.placeOf(request);
      // The first in the queue is taken up at once.
      await this.frontend.acknowledge(request, place === 1 ? { kind: 'finding' } : { kind: 'queued', place });
    });
    return 'accepted';
  }

  /** Ends a request at its asker's wish. What Telegram has already cannot be called back. */
  async cancel(requestId: string, tgUserId: number): Promise<'done' | 'too_late' | 'not_yours'> {
    return this.database.transaction(async () => {
      const request = await this.requests.find(requestId);
      if (!request) return 'too_late';
      if (request.tgUserId !== tgUserId) return 'not_yours';
      if (await this.requests.transition(request.id, 'cancelled')) {
        await this.delivery.afterCancel(request);
        return 'done';
      }
      if (!WORKING.includes(request.state)) return 'too_late';
      await this.requests.requestCancel(request.id);
      await this.events.publish(downloadCancelRequested, { requestId: request.id });
      return 'done';
    });
  }
}
