import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { DownloadDelivery } from '../delivery/download-delivery.js';
import { SentMediaRepository } from '../delivery/sent-media.repository.js';
import type { DownloadRequest } from '../requests/download-request.entity.js';
import { FlightsRepository } from '../requests/flights.repository.js';
import { RequestsRepository } from '../requests/requests.repository.js';
import { ShortLinks } from './short-links.js';

/** Finds out which medium a request is about, and whether it need be downloaded at all. */
@Injectable()
export class MediumFinder {
  constructor(
    private readonly database: Database,
    private readonly shortLinks: ShortLinks,
    private readonly requests: RequestsRepository,
    private readonly flights: FlightsRepository,
    private readonly sentMedia: SentMediaRepository,
    private readonly delivery: DownloadDelivery,
  ) {}

  /**
   * @returns true when it is to be downloaded by this request, which leads from now on; false when it has been answered
   *   from what was sent before, or waits for another one's download
   */
  async find(request: DownloadRequest, signal: AbortSignal): Promise<boolean> {
    if (request.mediaKey === null) {
      const resolved = await this.shortLinks.resolve(request, signal);
      await this.requests.note(request.id, resolved);
      Object.assign(request, resolved);
    }
    return this.database.transaction(async () => {
      await this.flights.lock([request]);
      const leader = await this.flights.findLeader(request);
      const known = await this.sentMedia.find(request);
      if (known) await this.delivery.deliverKnown(request, known);
      else if (leader) await this.requests.move(request, 'queued', { leaderId: leader.id });
      else return this.requests.move(request, 'downloading');
      return false;
    });
  }
}
