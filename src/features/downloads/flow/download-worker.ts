import { Inject, Injectable, Logger } from '@nestjs/common';
import { mkdir, rm } from 'node:fs/promises';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { OnEvent } from '../../../platform/events/event.js';
import { telegramConfig, type TelegramConfig } from '../../../telegram/index.js';
import { AttemptsRepository } from '../attempts/attempts.repository.js';
import { DownloadDelivery } from '../delivery/download-delivery.js';
import { downloadsConfig, type DownloadsConfig } from '../downloads.config.js';
import { downloadCancelRequested } from '../downloads.events.js';
import { DownloadsFrontend } from '../downloads.frontend.js';
import { ProviderError } from '../errors/provider-error.js';
import type { DownloadRequest } from '../requests/download-request.entity.js';
import { RequestsRepository } from '../requests/requests.repository.js';
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
    private readonly database: Database,
    private readonly requests: RequestsRepository,
    private readonly attempts: AttemptsRepository,
    private readonly flow: DownloadFlow,
    private readonly delivery: DownloadDelivery,
    private readonly frontend: DownloadsFrontend,
    private readonly folders: WorkFolders,
    private readonly clock: Clock,
  ) {}

  async work(requestId: string, shutdown: AbortSignal): Promise<void> {
    const request = await this.requests.claim(requestId, this.config.maxActivePerUser);
    if (!request) return;
    await this.attempts.closeOpen(request.id, this.clock.now());
    const hold = this.hold(request);
    const onShutdown = () => {
      hold.break('shutdown');
    };
    shutdown.addEventListener('abort', onShutdown, { once: true });
    const workDir = this.folders.of(request.id);
    const board = this.board(request);
    const background = this.announceBackground(request, board, hold.signal);
    try {
      await mkdir(workDir, { recursive: true, mode: 0o700 });
      await this.flow.run({ request, board, workDir, signal: hold.signal });
    } catch (error) {
      await board.settle();
      await this.brokenOff(request, error);
    } finally {
      shutdown.removeEventListener('abort', onShutdown);
      this.holds.delete(request.id);
      background.abort();
      await hold.end();
      await rm(workDir, { recursive: true, force: true });
    }
  }

  @OnEvent(downloadCancelRequested)
  onCancel({ requestId }: { requestId: string }): void {
    this.holds.get(requestId)?.break('cancelled');
  }

  private hold(request: DownloadRequest): Hold {
    const deadlineMs = this.config.maxDownloadSec * 1_000;
    const hold = new Hold({ request, requests: this.requests, clock: this.clock, deadlineMs });
    this.holds.set(request.id, hold);
    return hold;
  }

  private board(request: DownloadRequest): StatusBoard {
    return new StatusBoard({
      request,
      requests: this.requests,
      frontend: this.frontend,
      clock: this.clock,
      everyMs: Math.max(500, this.telegram.statusEditEverySec * 1_000),
      onError: (error) => {
        this.logger.warn({ err: error, requestId: request.id }, 'The status could not be shown');
      },
    });
  }

  /** Nobody waits longer than MAX_USER_WAIT_SEC without a word that it goes on. */
  private announceBackground(request: DownloadRequest, board: StatusBoard, broken: AbortSignal): AbortController {
    const ended = new AbortController();
    const age = this.clock.now().getTime() - request.createdAt.getTime();
    const wait = Math.max(0, this.config.maxUserWaitSec * 1_000 - age);
    void this.clock
      .delay(wait, AbortSignal.any([ended.signal, broken]))
      .then(() => board.goToBackground())
      .catch(() => undefined);
    return ended;
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
        await this.database.transaction(async () => {
          if (await this.requests.advance(request, 'cancelled')) await this.delivery.afterCancel(request);
        });
        return;
      case 'deadline':
        await this.delivery.fail(request, { code: 'STALL', overloaded: false });
        return;
      case 'shutdown':
        await this.requests.handBack(request);
        return;
      case 'lost':
        return;
    }
  }
}
