import type { Clock } from '../../../platform/clock/clock.js';
import type { DownloadsFrontend, Phase } from '../downloads.frontend.js';
import type { DownloadRequest } from '../requests/download-request.entity.js';
import type { FlightsRepository } from '../requests/flights.repository.js';

interface BoardParts {
  request: DownloadRequest;
  flights: FlightsRepository;
  frontend: DownloadsFrontend;
  clock: Clock;
  /** Shortest time between two writings of mere progress. */
  everyMs: number;
  onError: (error: unknown) => void;
}

/** Shows everybody who waits for a download how far it is: a new phase at once, progress from time to time. */
export class StatusBoard {
  private shown: Phase['kind'] | null = null;
  private shownAt = -Infinity;
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly parts: BoardParts) {}

  show(phase: Phase): void {
    const now = this.parts.clock.now().getTime();
    if (phase.kind === this.shown && now - this.shownAt < this.parts.everyMs) return;
    this.shown = phase.kind;
    this.shownAt = now;
    const { request, flights, frontend, onError } = this.parts;
    this.writing = this.writing
      .then(async () => {
        for (const member of await flights.members(request.id)) await frontend.show(member, phase);
      })
      .catch(onError);
  }

  /** Waits until the last word has been written: nothing is shown after an end. */
  async settle(): Promise<void> {
    await this.writing;
  }
}
