import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { DownloadDelivery } from '../delivery/download-delivery.js';
import { SentMediaRepository } from '../delivery/sent-media.repository.js';
import type { DownloadRequest } from '../requests/download-request.entity.js';
import { RequestsRepository } from '../requests/requests.repository.js';
import { ShortLinks } from './short-links.js';

/** Finds out which medium a request is about, and whether it need be downloaded at all. */
@Injectable()
export class MediumFinder {
  constructor(
    private readonly database: Database,
    private readonly shortLinks: ShortLinks,
    private readonly requests: RequestsRepository,
    private readonly sentMedia: SentMediaRepository,
    private readonly delivery: DownloadDelivery,
  ) {}

  /** @returns false when the request has been answered from what was sent before, or waits for another one's download */
  async find(request: DownloadRequest, signal: AbortSignal): Promise<boolean> {
    if (request.mediaKey === null) {
      const resolved = await this.shortLinks.resolve(request, signal);
      await this.requests.note(request.id, resolved);
      Object.assign(request, resolved);
    }
    return this.database.transaction(async () => {
      await this.requests.lockMedium(request);
      const known = await this.sentMedia.find(request);
      if (known) {
        await this.delivery.deliverKnown(request, known);
        return false;
      }
      const leader = await this.requests.findLeader(request);
      if (!leader) return true;
      await this.requests.advance(request, 'queued', { leaderId: leader.id });
      return false;
    });
  }
}
