import { Inject, Injectable } from '@nestjs/common';
import { telegramConfig, type TelegramConfig } from '../../../telegram/index.js';
import { DownloadDelivery } from '../delivery/download-delivery.js';
import { downloadsConfig, type DownloadsConfig } from '../downloads.config.js';
import type { ProviderError } from '../errors/provider-error.js';
import type { DownloadLimits } from '../providers/provider.js';
import { ProviderRegistry } from '../providers/provider-registry.js';
import type { DownloadRequest } from '../requests/download-request.entity.js';
import { RequestsRepository } from '../requests/requests.repository.js';
import type { DownloadProvider } from '../routing/download-provider.entity.js';
import type { Decision, Rule, Verdict } from '../routing/route.js';
import { Router } from '../routing/router.js';
import { AttemptRunner, type AttemptResult } from './attempt-runner.js';
import { goesOn, tellingFailure } from './chain.js';
import { MediumFinder } from './medium-finder.js';
import { Preparation } from './preparation.js';
import type { Hold } from './hold.js';
import type { StatusBoard } from './status-board.js';

const MIB = 1_048_576;

export interface FlowContext {
  request: DownloadRequest;
  board: StatusBoard;
  /** A folder of this run alone. */
  workDir: string;
  hold: Hold;
}

interface RoutedContext extends FlowContext {
  limits: DownloadLimits;
}

type Success = Extract<AttemptResult, { outcome: 'succeeded' }> & { provider: DownloadProvider };

/** A request's way from its link to the outbox. The only place where one provider takes over from another. */
@Injectable()
export class DownloadFlow {
  constructor(
    @Inject(downloadsConfig.key) private readonly config: DownloadsConfig,
    @Inject(telegramConfig.key) private readonly telegram: TelegramConfig,
    private readonly finder: MediumFinder,
    private readonly router: Router,
    private readonly registry: ProviderRegistry,
    private readonly attempts: AttemptRunner,
    private readonly preparation: Preparation,
    private readonly requests: RequestsRepository,
    private readonly delivery: DownloadDelivery,
  ) {}

  /** Takes a claimed request to its end, or as far as it goes. @throws Stopped when it was broken off */
  async run(context: FlowContext): Promise<void> {
    const { request, board, hold } = context;
    board.show({ kind: 'finding' });
    if (!(await this.finder.find(request, hold.signal))) return;
    const { decision, providers } = await this.router.decide(request.platform, request.durationSec);
    await this.requests.note(request.id, { ruleId: decision.rule?.id ?? null });
    request.ruleId = decision.rule?.id ?? null;
    if (decision.outcome !== 'route') {
      await this.delivery.fail(request, { code: 'CONFIG', overloaded: true });
      return;
    }
    const routed = { ...context, limits: this.limitsOf(decision.rule) };
    const result = await this.tryChain(routed, decision, providers);
    if ('outcome' in result) await this.finish(routed, result);
    else await this.fail(request, board, result.failures);
  }

  private async tryChain(
    context: RoutedContext,
    decision: Decision,
    providers: ReadonlyMap<string, DownloadProvider>,
  ): Promise<Success | { failures: ProviderError[] }> {
    const failures: ProviderError[] = [];
    for (const verdict of decision.chain.filter(({ verdict: taken }) => taken === 'take')) {
      const provider = providers.get(verdict.provider);
      if (!provider || !goesOn(failures)) continue;
      const result = await this.attempt(context, verdict, provider);
      if (result.outcome === 'succeeded') return { ...result, provider };
      if (result.outcome === 'failed') failures.push(result.error);
    }
    return { failures };
  }

  private async attempt(
    { request, board, workDir, hold, limits }: RoutedContext,
    { provider: providerName, position, reason }: Verdict,
    provider: DownloadProvider,
  ): Promise<AttemptResult> {
    const adapter = this.registry.find(provider.adapter);
    if (!adapter) return { outcome: 'not_applicable' };
    board.show({ kind: 'downloading', progress: null });
    return this.attempts.run({
      request,
      provider: adapter,
      providerName,
      reason: `${position}: ${reason}`,
      limits,
      workDir,
      signal: hold.signal,
      onProgress: (progress) => {
        board.show({ kind: 'downloading', progress });
      },
    });
  }

  private async finish(context: RoutedContext, { media, facts, provider }: Success): Promise<void> {
    const { request, board, hold, workDir, limits } = context;
    if (!(await this.requests.move(request, 'processing'))) await hold.confirm();
    board.show({ kind: 'processing', ratio: null });
    const prepared = await this.preparation.prepare({
      requestId: request.id,
      path: media.path,
      facts,
      title: media.title,
      squarePixels: provider.options.squarePixels ?? false,
      maxBytes: limits.maxBytes,
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

  private async fail(request: DownloadRequest, board: StatusBoard, failures: ProviderError[]): Promise<void> {
    await board.settle();
    const telling = tellingFailure(failures);
    await this.delivery.fail(request, { code: telling?.code ?? 'USER_URL', overloaded: false });
  }

  private limitsOf(rule: Rule | null): DownloadLimits {
    const maxMb = Math.min(this.telegram.uploadLimitMb, rule?.fileSizeMaxMb ?? Infinity);
    return { maxBytes: maxMb * MIB, maxDurationSec: this.config.maxDurationSec };
  }
}
