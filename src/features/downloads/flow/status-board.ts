import type { Clock } from '../../../platform/clock/clock.js';
import type { DownloadsFrontend, Phase } from '../downloads.frontend.js';
import type { DownloadRequest } from '../requests/download-request.entity.js';
import type { RequestsRepository } from '../requests/requests.repository.js';

interface BoardParts {
  request: DownloadRequest;
  requests: RequestsRepository;
  frontend: DownloadsFrontend;
  clock: Clock;
  /** Shortest time between two writings of mere progress. */
  everyMs: number;
  onError: (error: unknown) => void;
}

/** Shows everybody who waits for a download how far it is: a new phase at once, progress from time to time. */
export class StatusBoard {
  private shown: Phase | null = null;
  private shownAt = -Infinity;
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly parts: BoardParts) {}

  show(phase: Phase): void {
    const now = this.parts.clock.now().getTime();
    if (phase.kind === this.shown?.kind && now - this.shownAt < this.parts.everyMs) return;
    this.shown = phase;
    this.shownAt = now;
    this.write(phase);
  }

  /** From now on it is said that it takes longer; the last phase is shown once more. */
  async goToBackground(): Promise<void> {
    const { request, requests } = this.parts;
    for (const member of await requests.flight(request.id)) await requests.note(member.id, { inBackground: true });
    if (this.shown) this.write(this.shown);
  }

  /** Waits until the last word has been written: nothing is shown after an end. */
  async settle(): Promise<void> {
    await this.writing;
  }

  private write(phase: Phase): void {
    const { request, requests, frontend, onError } = this.parts;
    this.writing = this.writing
      .then(async () => {
        for (const member of await requests.flight(request.id)) await frontend.show(member, phase);
      })
      .catch(onError);
  }
}
