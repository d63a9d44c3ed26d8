import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { Events } from '../../platform/events/events.js';
import { Jobs } from '../../platform/queue/jobs.js';
import { DownloadDelivery } from './delivery/download-delivery.js';
import { SentMediaRepository } from './delivery/sent-media.repository.js';
import { downloadsConfig, type DownloadsConfig } from './downloads.config.js';
import { downloadCancelRequested } from './downloads.events.js';
import { DownloadsFrontend } from './downloads.frontend.js';
import { runDownload } from './downloads.jobs.js';
import type { MediaLink } from './links/media-link.js';
import { tellLink } from './links/tell-link.js';
import type { DownloadRequest } from './requests/download-request.entity.js';
import { newErrorRef } from './requests/error-ref.js';
import { FlightsRepository } from './requests/flights.repository.js';
import { RequestsRepository } from './requests/requests.repository.js';

/** Who asked, and where the answer goes. */
export type Asker = Pick<DownloadRequest, 'bot' | 'chatId' | 'messageId' | 'tgUserId' | 'language'>;

const BEST_VIDEO = { quality: 'best', kind: 'video' } as const;

/** What people can do with downloads: ask for some, and think better of it. */
@Injectable()
export class DownloadsService {
  constructor(
    @Inject(downloadsConfig.key) private readonly config: DownloadsConfig,
    private readonly database: Database,
    private readonly requests: RequestsRepository,
    private readonly flights: FlightsRepository,
    private readonly sentMedia: SentMediaRepository,
    private readonly delivery: DownloadDelivery,
    private readonly frontend: DownloadsFrontend,
    private readonly jobs: Jobs,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /**
   * Writes a request down for each link and answers at once: with the medium when Telegram has it, else with a status
   * message. @returns the links that lead to nothing we can get
   */
  async ask(asker: Asker, links: string[]): Promise<string[]> {
    const told = links.map((link) => ({ link, media: tellLink(link, { directEnabled: this.config.directEnabled }) }));
    const unsupported = told.filter(({ media }) => 'refused' in media).map(({ link }) => link);
    await this.database.transaction(async () => {
      const wanted = told.flatMap(({ link, media }) => ('refused' in media ? [] : [{ link, media }]));
      await this.flights.lock(wanted.map(({ media }) => ({ ...media, bot: asker.bot, options: BEST_VIDEO })));
      for (const { link, media } of wanted) await this.askFor(asker, link, media);
    });
    return unsupported;
  }

  /** Ends a request at its asker's wish. What Telegram has already cannot be called back. */
  async cancel(requestId: string, tgUserId: number): Promise<'done' | 'too_late' | 'not_yours'> {
    return this.database.transaction(async () => {
      const request = await this.requests.lock(requestId);
      if (!request) return 'too_late';
      if (request.tgUserId !== tgUserId) return 'not_yours';
      if (this.isHeld(request)) {
        await this.requests.requestCancel(request.id);
        await this.events.publish(downloadCancelRequested, { requestId: request.id });
        return 'done';
      }
      return (await this.delivery.cancel(request)) ? 'done' : 'too_late';
    });
  }

  private async askFor(asker: Asker, link: string, media: MediaLink): Promise<void> {
    const options = BEST_VIDEO;
    const request = await this.requests.insert({ ...asker, ...media, options, link, errorRef: newErrorRef() });
    // The leader first: one that ends just now has been remembered before.
    const leader = await this.flights.findLeader(request);
    const known = await this.sentMedia.find(request);
    if (known) {
      await this.delivery.deliverKnown(request, known);
      return;
    }
    if (leader) await this.requests.note(request.id, { leaderId: leader.id });
    else await this.jobs.enqueue(runDownload, { requestId: request.id, run: request.run });
    const place = await this.requests.placeOf(request);
    // The first in the queue is taken up at once.
    await this.frontend.acknowledge(request, place === 1 ? { kind: 'finding' } : { kind: 'queued', place });
  }

  private isHeld({ leaseUntil }: DownloadRequest): boolean {
    return leaseUntil !== null && leaseUntil > this.clock.now();
  }
}
