import { Inject, Injectable } from '@nestjs/common';
import { DownloadDelivery } from '../delivery/download-delivery.js';
import { downloadsConfig, type DownloadsConfig } from '../downloads.config.js';
import { ProviderError } from '../errors/provider-error.js';
import type { DownloadRequest, WorkProgress } from '../requests/download-request.entity.js';
import { RequestsRepository } from '../requests/requests.repository.js';
import { cleanTitle } from './clean-title.js';
import { DiskRoom } from './disk-room.js';
import type { FlowContext } from './flow-context.js';
import { MediaProber, type Probed } from './media-prober.js';
import { MediumFinder } from './medium-finder.js';
import { Preparation } from './preparation.js';
import { restPhase } from './rest-phase.js';
import { ProviderChain, type Got } from './provider-chain.js';
import { Rests } from './rests.js';

const WAIT_FOR_ROOM_MS = 10_000;

/** A request's way from its link to the outbox. */
@Injectable()
export class DownloadFlow {
  constructor(
    @Inject(downloadsConfig.key) private readonly config: DownloadsConfig,
    private readonly finder: MediumFinder,
    private readonly disk: DiskRoom,
    private readonly prober: MediaProber,
    private readonly chain: ProviderChain,
    private readonly preparation: Preparation,
    private readonly requests: RequestsRepository,
    private readonly delivery: DownloadDelivery,
    private readonly rests: Rests,
  ) {}

  /** Takes a claimed request to its end, or as far as it goes. @throws Stopped when it was broken off */
  async run(context: FlowContext): Promise<void> {
    const { request, board, hold } = context;
    if (request.restsUntil === null) board.show({ kind: 'finding' });
    if (!(await this.finder.find(request, hold.signal))) return;
    if (!(await this.disk.isThere())) return this.rest(context, 'no_room', WAIT_FOR_ROOM_MS);
    const { facts, failures } = await this.probe(context);
    if (facts?.isLive) throw new ProviderError('CONTENT_LIVE', 'It is live');
    if ((facts?.durationSec ?? 0) > this.config.maxDurationSec) throw new ProviderError('CONTENT_TOO_LONG', 'Too long');
    if (this.belongsInBackground(request)) {
      await board.settle();
      return this.rests.moveToBackground(request);
    }
    if (!(await this.disk.isThere(facts?.sizeBytes))) return this.rest(context, 'no_room', WAIT_FOR_ROOM_MS);
    const result = await this.chain.run(context, failures);
    if (result.outcome === 'succeeded') return this.finish(context, result);
    if (result.outcome === 'resting') return this.rest(context, result.why, result.afterMs, result.ratio);
    // It may have become full meanwhile; that is not worth a failure, and says nothing of whoever was tried.
    if (result.failure.code === 'LOCAL_DISK' && !(await this.disk.isThere())) {
      return this.rest(context, 'no_room', WAIT_FOR_ROOM_MS);
    }
    await board.settle();
    await this.delivery.fail(request, result.failure);
  }

  /** Nobody is asked twice: after a rest only what is known already counts. */
  private async probe({ request, workDir, hold }: FlowContext): Promise<Probed> {
    const mayAsk = request.progress.isProbed !== true;
    const limits = this.chain.limitsOf(null);
    const probed = await this.prober.probe({ request, limits, workDir, signal: hold.signal, mayAsk });
    request.progress.isProbed = true;
    if (probed.facts) {
      const known = { title: cleanTitle(probed.facts.title), durationSec: probed.facts.durationSec };
      await this.requests.note(request.id, known);
      Object.assign(request, known);
    }
    return probed;
  }

  private belongsInBackground({ inBackground, durationSec }: DownloadRequest): boolean {
    return !inBackground && (durationSec ?? 0) >= this.config.backgroundFromSec;
  }

  private async finish(context: FlowContext, { media, files, provider }: Got): Promise<void> {
    const { request, board, hold, workDir } = context;
    if (!(await this.requests.move(request, 'processing'))) await hold.confirm();
    board.show({ kind: 'processing', ratio: null });
    const prepared = await this.preparation.prepare({
      requestId: request.id,
      files,
      kind: request.options.kind,
      title: media.title ?? request.title,
      squarePixels: provider.setup.options.squarePixels ?? false,
      maxBytes: this.chain.limitsOf(null).maxBytes,
      workDir,
      signal: hold.signal,
      onProgress: (ratio) => {
        board.show({ kind: 'processing', ratio });
      },
    });
    const { fix, fixReason, fixMs } = prepared;
    await this.requests.note(request.id, { fix, fixReason, fixMs });
    await board.settle();
    await hold.confirm();
    if (!(await this.delivery.deliverNew(request, prepared.media))) await hold.confirm();
  }

  private async rest(
    { request, board, hold }: FlowContext,
    why: NonNullable<WorkProgress['restsFor']>,
    afterMs: number,
    ratio: number | null = null,
  ): Promise<void> {
    const leftMs = hold.leftMs();
    if (leftMs <= 0) hold.break('deadline');
    hold.signal.throwIfAborted();
    board.show(restPhase(why, ratio));
    await board.settle();
    await this.rests.rest(request, Math.min(afterMs, leftMs), { ...request.progress, restsFor: why });
  }
}
