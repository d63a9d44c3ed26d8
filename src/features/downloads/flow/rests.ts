import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { AttemptsRepository } from '../attempts/attempts.repository.js';
import { DownloadsFrontend } from '../downloads.frontend.js';
import type { DownloadRequest, WorkProgress } from '../requests/download-request.entity.js';
import { FlightsRepository } from '../requests/flights.repository.js';
import { RequestsRepository } from '../requests/requests.repository.js';
import { RunQueue } from '../requests/run-queue.js';
import { Gate } from '../routing/gate/gate.js';
import { microUsd } from '../routing/micro-usd.js';

/** Requests whose work goes on later: no worker waits with them. */
@Injectable()
export class Rests {
  constructor(
    private readonly database: Database,
    private readonly requests: RequestsRepository,
    private readonly flights: FlightsRepository,
    private readonly attempts: AttemptsRepository,
    private readonly frontend: DownloadsFrontend,
    private readonly queue: RunQueue,
    private readonly gate: Gate,
    private readonly clock: Clock,
  ) {}

  /** Hands a request back that this worker holds; it is taken up again after `afterMs`, as far as it has come. */
  async rest(request: DownloadRequest, afterMs: number, progress: WorkProgress): Promise<void> {
    const restsUntil = new Date(this.clock.now().getTime() + afterMs);
    await this.database.transaction(async () => {
      const queued = await this.requests.queueAgain(request, { restsUntil, progress });
      if (queued) await this.queue.add(queued, afterMs);
    });
  }

  /** Hands it over to the queue of what takes long, and tells all who wait for it. Its time begins when its turn comes. */
  async moveToBackground(request: DownloadRequest): Promise<void> {
    await this.database.transaction(async () => {
      const { progress } = request;
      const queued = await this.requests.queueAgain(request, {
        restsUntil: this.clock.now(),
        progress,
        inBackground: true,
      });
      if (!queued) return;
      await this.requests.forgetStart(request.id);
      for (const member of await this.flights.members(request.id)) {
        await this.requests.note(member.id, { inBackground: true });
        member.inBackground = true;
        await this.frontend.show(member, { kind: 'busy' });
      }
      await this.queue.add(queued);
    });
  }

  /** Attempts whose request has ended without them: what those that rest were granted is given back. */
  async endAbandoned(): Promise<void> {
    await this.attempts.closeOpenOfEnded(this.clock.now());
    for (const { id, requestId, costUsd, rest } of await this.attempts.findAbandoned()) {
      await this.attempts.end(id, { outcome: 'cancelled', endedAt: this.clock.now() });
      if (rest)
        await this.gate.settle(rest.grant, {
          requestId,
          outcome: 'cancelled',
          tries: [],
          costMicroUsd: microUsd(costUsd),
        });
    }
  }
}
