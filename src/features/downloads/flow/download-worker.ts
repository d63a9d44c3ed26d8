import { Inject, Injectable, Logger } from '@nestjs/common';
import { rm } from 'node:fs/promises';
import { Clock } from '../../../platform/clock/clock.js';
import { OnEvent } from '../../../platform/events/event.js';
import { telegramConfig, type TelegramConfig } from '../../../telegram/index.js';
import { AttemptsRepository } from '../attempts/attempts.repository.js';
import { DownloadDelivery } from '../delivery/download-delivery.js';
import { downloadsConfig, type DownloadsConfig } from '../downloads.config.js';
import { downloadCancelRequested } from '../downloads.events.js';
import { DownloadsFrontend } from '../downloads.frontend.js';
import { ProviderError } from '../errors/provider-error.js';
import { ClaimsRepository } from '../requests/claims.repository.js';
import type { DownloadRequest } from '../requests/download-request.entity.js';
import { FlightsRepository } from '../requests/flights.repository.js';
import { RequestsRepository } from '../requests/requests.repository.js';
import { RunQueue } from '../requests/run-queue.js';
import { DownloadFlow } from './download-flow.js';
import { Hold } from './hold.js';
import { StatusBoard } from './status-board.js';
import { Stopped } from './stop.js';
import { WorkFolders } from './work-folders.js';

/** Works on one request at a time for each call, and makes sure that nothing of it is left: no child, no file, no hold. */
@Injectable()
export class DownloadWorker {
  private readonly logger = new Logger(DownloadWorker.name);
  private readonly holds = new Map<string, Hold>();

  constructor(
    @Inject(downloadsConfig.key) private readonly config: DownloadsConfig,
    @Inject(telegramConfig.key) private readonly telegram: TelegramConfig,
    private readonly claims: ClaimsRepository,
    private readonly requests: RequestsRepository,
    private readonly flights: FlightsRepository,
    private readonly attempts: AttemptsRepository,
    private readonly flow: DownloadFlow,
    private readonly delivery: DownloadDelivery,
    private readonly frontend: DownloadsFrontend,
    private readonly folders: WorkFolders,
    private readonly queue: RunQueue,
    private readonly clock: Clock,
  ) {}

  async work(requestId: string, shutdown: AbortSignal): Promise<void> {
    const { maxActivePerUser } = this.config;
    const request = await this.claims.claim(requestId, maxActivePerUser);
    if (!request) return;
    await this.workOn(request, shutdown);
    const next = shutdown.aborted ? null : await this.claims.nextOf(request, maxActivePerUser);
    if (next) await this.queue.add(next);
  }

  @OnEvent(downloadCancelRequested)
  onCancel({ requestId }: { requestId: string }): void {
    this.holds.get(requestId)?.break('cancelled');
  }

  private async workOn(request: DownloadRequest, shutdown: AbortSignal): Promise<void> {
    const deadlineMs = this.config.maxDownloadSec * 1_000 - this.ageMs(request);
    const hold = new Hold({ request, claims: this.claims, clock: this.clock, deadlineMs });
    this.holds.set(request.id, hold);
    const onShutdown = () => {
      hold.break('shutdown');
    };
    shutdown.addEventListener('abort', onShutdown, { once: true });
    if (shutdown.aborted) onShutdown();
    const board = this.board(request);
    let workDir: string | null = null;
    try {
      workDir = await this.folders.make(request);
      await this.attempts.closeOpen(request.id, this.clock.now());
      await this.flow.run({ request, board, workDir, hold });
    } catch (error) {
      await board.settle();
      await this.brokenOff(request, error);
    } finally {
      shutdown.removeEventListener('abort', onShutdown);
      if (this.holds.get(request.id) === hold) this.holds.delete(request.id);
      await hold.end();
      if (workDir !== null) await rm(workDir, { recursive: true, force: true });
    }
  }

  /** How long the work on it has gone on, with all its rests. */
  private ageMs({ timings }: DownloadRequest): number {
    return timings.started === undefined ? 0 : this.clock.now().getTime() - Date.parse(timings.started);
  }

  private board(request: DownloadRequest): StatusBoard {
    return new StatusBoard({
      request,
      flights: this.flights,
      frontend: this.frontend,
      clock: this.clock,
      everyMs: Math.max(500, this.telegram.statusEditEverySec * 1_000),
      onError: (error) => {
        this.logger.warn({ err: error, requestId: request.id }, 'The status could not be shown');
      },
    });
  }

  private async brokenOff(request: DownloadRequest, error: unknown): Promise<void> {
    if (error instanceof ProviderError) {
      await this.delivery.fail(request, { code: error.code, overloaded: false });
      return;
    }
    if (!(error instanceof Stopped)) {
      // The lease is left to run out: the request is taken up again, a few times.
      this.logger.error({ err: error, requestId: request.id }, 'A download has broken down');
      return;
    }
    switch (error.why) {
      case 'cancelled':
        await this.delivery.cancel(request);
        return;
      case 'deadline':
        // Nobody has stalled where nobody had his turn.
        await this.delivery.fail(request, { code: 'STALL', overloaded: !(await this.attempts.wasTried(request.id)) });
        return;
      case 'shutdown':
        await this.requests.queueAgain(request, { restsUntil: request.restsUntil, progress: request.progress });
        return;
      case 'lost':
        return;
    }
  }
}
