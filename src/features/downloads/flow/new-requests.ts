import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { DownloadDelivery } from '../delivery/download-delivery.js';
import { SentMediaRepository } from '../delivery/sent-media.repository.js';
import { DownloadsFrontend } from '../downloads.frontend.js';
import { newErrorRef } from '../requests/error-ref.js';
import { FlightsRepository } from '../requests/flights.repository.js';
import { RequestsRepository, type NewRequest } from '../requests/requests.repository.js';
import { RunQueue } from '../requests/run-queue.js';

export type WantedDownload = Omit<NewRequest, 'errorRef'>;

/** Writes requests down and answers each at once: with the medium when Telegram has it, else with a status message. */
@Injectable()
export class NewRequests {
  constructor(
    private readonly database: Database,
    private readonly requests: RequestsRepository,
    private readonly flights: FlightsRepository,
    private readonly sentMedia: SentMediaRepository,
    private readonly delivery: DownloadDelivery,
    private readonly frontend: DownloadsFrontend,
    private readonly queue: RunQueue,
  ) {}

  /** One that a button has asked for before, and that still lives, is not written again. @returns how many were written */
  async write(wanted: WantedDownload[]): Promise<number> {
    return this.database.transaction(async () => {
      await this.flights.lock(wanted);
      let written = 0;
      for (const each of wanted) {
        if (each.pressKey && (await this.requests.findPressed(each.pressKey))) continue;
        await this.writeOne(each);
        written += 1;
      }
      return written;
    });
  }

  private async writeOne(wanted: WantedDownload): Promise<void> {
    const request = await this.requests.insert({ ...wanted, errorRef: newErrorRef() });
    // The leader first: one that ends just now has been remembered before.
    const leader = await this.flights.findLeader(request);
    const known = await this.sentMedia.find(request);
    if (known) {
      await this.delivery.deliverKnown(request, known);
      return;
    }
    if (leader) await this.requests.note(request.id, { leaderId: leader.id });
    else await this.queue.add(request);
    const place = await this.requests.placeOf(request);
    // The first in the queue is taken up at once.
    await this.frontend.acknowledge(request, place === 1 ? { kind: 'finding' } : { kind: 'queued', place });
  }
}
