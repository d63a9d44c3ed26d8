import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { Events } from '../../platform/events/events.js';
import { DownloadDelivery } from './delivery/download-delivery.js';
import { downloadsConfig, type DownloadsConfig } from './downloads.config.js';
import { downloadCancelRequested } from './downloads.events.js';
import { NewRequests } from './flow/new-requests.js';
import { tellLink } from './links/tell-link.js';
import type { DownloadRequest, RequestOptions } from './requests/download-request.entity.js';
import { RequestsRepository } from './requests/requests.repository.js';

/** Who asked, and where the answer goes. */
export type Asker = Pick<DownloadRequest, 'bot' | 'chatId' | 'messageId' | 'tgUserId' | 'language'>;

const BEST_VIDEO: RequestOptions = { quality: 'best', kind: 'video' };

/** What people can do with downloads: ask for some, and think better of it. */
@Injectable()
export class DownloadsService {
  constructor(
    @Inject(downloadsConfig.key) private readonly config: DownloadsConfig,
    private readonly database: Database,
    private readonly requests: RequestsRepository,
    private readonly newRequests: NewRequests,
    private readonly delivery: DownloadDelivery,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /** Asks for the media of all links. @returns the links that lead to nothing we can get */
  async ask(asker: Asker, links: string[], options = BEST_VIDEO): Promise<string[]> {
    const told = links.map((link) => ({ link, media: tellLink(link, { directEnabled: this.config.directEnabled }) }));
    await this.newRequests.write(
      told.flatMap(({ link, media }) => ('refused' in media ? [] : [{ ...asker, ...media, link, options }])),
    );
    return told.filter(({ media }) => 'refused' in media).map(({ link }) => link);
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

  private isHeld({ leaseUntil }: DownloadRequest): boolean {
    return leaseUntil !== null && leaseUntil > this.clock.now();
  }
}
