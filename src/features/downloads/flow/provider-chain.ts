import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { telegramConfig, type TelegramConfig } from '../../../telegram/index.js';
import { AttemptsRepository } from '../attempts/attempts.repository.js';
import type { DownloadAttempt } from '../attempts/download-attempt.entity.js';
import { downloadsConfig, type DownloadsConfig } from '../downloads.config.js';
import type { Failure } from '../downloads.frontend.js';
import { ProviderError } from '../errors/provider-error.js';
import type { DownloadLimits } from '../providers/provider.js';
import type { DownloadRequest } from '../requests/download-request.entity.js';
import { Gate } from '../routing/gate/gate.js';
import type { Rule, Verdict, VerdictReason } from '../routing/route.js';
import { Router, type Explanation, type Turn } from '../routing/router.js';
import type { AttemptOrder } from './attempt-order.js';
import { AttemptRunner, type AttemptResult } from './attempt-runner.js';
import { goesOn, tellingFailure } from './chain.js';
import type { FlowContext } from './flow-context.js';
import { PROBE_REASON } from './media-prober.js';

const MIB = 1_048_576;
/** What passes by itself, and soon. */
const WORTH_WAITING: ReadonlySet<VerdictReason> = new Set(['no_slot', 'probe_running', 'rate_limited']);
/** What passes by itself, but not soon. */
const OVERLOADED: ReadonlySet<VerdictReason> = new Set(['circuit_open', 'over_budget']);
const LOOK_AGAIN_MS = 2_000;

export type Got = Extract<AttemptResult, { outcome: 'succeeded' }>;

export type ChainResult =
  | Got
  | { outcome: 'failed'; failure: Failure }
  /** Waits for an outside job (`preparing`), or for a provider to be free (`busy`). */
  | { outcome: 'resting'; why: 'preparing' | 'busy'; afterMs: number; ratio: number | null };

/** Who has been asked for a request, and what came of it. */
interface History {
  /** What became of each that has had its turn: a code, or `passed_over`. */
  tried: Map<string, string>;
  failures: ProviderError[];
}

/** From one provider to the next: the only place where one takes over from another. */
@Injectable()
export class ProviderChain {
  constructor(
    @Inject(downloadsConfig.key) private readonly config: DownloadsConfig,
    @Inject(telegramConfig.key) private readonly telegram: TelegramConfig,
    private readonly router: Router,
    private readonly gate: Gate,
    private readonly runner: AttemptRunner,
    private readonly attempts: AttemptsRepository,
  ) {}

  /** @param failures of those that could not even tell what the link is about */
  async run(context: FlowContext, failures: ProviderError[]): Promise<ChainResult> {
    const history = await this.historyOf(context.request, failures);
    const resting = await this.attempts.findResting(context.request.id);
    const resumed = resting && (await this.resume(context, resting, history));
    return resumed ?? this.goOn(context, history);
  }

  /** What may be fetched at most. */
  limitsOf(rule: Rule | null): DownloadLimits {
    const maxMb = Math.min(this.telegram.uploadLimitMb, rule?.fileSizeMaxMb ?? Infinity);
    return { maxBytes: maxMb * MIB, maxDurationSec: this.config.maxDurationSec };
  }

  private async goOn(context: FlowContext, history: History): Promise<ChainResult> {
    const { request } = context;
    for (;;) {
      context.hold.signal.throwIfAborted();
      if (!goesOn(history.failures)) return failedWith(history.failures);
      const { explanation, turn } = await this.router.take(request, new Set(history.tried.keys()), randomUUID());
      request.ruleId = explanation.rule?.id ?? null;
      if (!turn) return nobody(explanation, history);
      context.board.show({ kind: 'downloading', progress: null });
      const order = this.orderOf(context, turn, explanation.rule);
      const ended = this.after(
        await this.runner.start(order, whyItsTurn(turn, history)),
        turn.provider.name,
        request,
        history,
      );
      if (ended) return ended;
    }
  }

  private async resume(context: FlowContext, attempt: DownloadAttempt, history: History): Promise<ChainResult | null> {
    const provider = await this.router.find(attempt.provider);
    if (!attempt.rest || !provider) return null;
    const { grant } = attempt.rest;
    if (!(await this.gate.resume(grant)))
      return { outcome: 'resting', why: 'busy', afterMs: LOOK_AGAIN_MS, ratio: null };
    const order = this.orderOf(context, { provider, grant }, null);
    return this.after(await this.runner.resume(order, attempt), provider.name, context.request, history);
  }

  /** @returns null when the next one's turn has come */
  private after(
    result: AttemptResult,
    provider: string,
    { progress }: DownloadRequest,
    { tried, failures }: History,
  ): ChainResult | null {
    if (result.outcome === 'succeeded') return result;
    if (result.outcome === 'resting') return { ...result, why: 'preparing' };
    tried.set(provider, result.outcome === 'failed' ? result.error.code : result.outcome);
    if (result.outcome === 'failed') failures.push(result.error);
    else progress.passedOver = [...(progress.passedOver ?? []), provider];
    return null;
  }

  private orderOf(
    { request, board, hold, workDir }: FlowContext,
    { provider, grant }: Pick<Turn, 'provider' | 'grant'>,
    rule: Rule | null,
  ): AttemptOrder {
    return {
      request,
      provider,
      grant,
      limits: this.limitsOf(rule),
      workDir,
      signal: hold.signal,
      onProgress: (progress) => {
        board.show({ kind: 'downloading', progress });
      },
    };
  }

  /** What was tried before the request rested is not tried again. */
  private async historyOf(
    { id, restsUntil, timings, progress }: DownloadRequest,
    failures: ProviderError[],
  ): Promise<History> {
    const tried = new Map((progress.passedOver ?? []).map((provider) => [provider, 'passed_over']));
    if (restsUntil === null || timings.started === undefined) return { tried, failures: [...failures] };
    const failed = await this.attempts.findFailed(id, new Date(timings.started));
    const past = failed.filter(({ errorClass, reason }) => errorClass !== 'LOCAL' && reason !== PROBE_REASON);
    for (const { provider, errorCode } of past) tried.set(provider, String(errorCode));
    const errors = past.map(({ errorCode, message }) => new ProviderError(errorCode ?? 'PROVIDER_BUG', message ?? ''));
    return { tried, failures: [...failures, ...errors] };
  }
}

/** What becomes of a request when nobody is left whose turn it could be. */
function nobody({ chain }: Explanation, { tried, failures }: History): ChainResult {
  const left = chain.filter(({ provider }) => !tried.has(provider));
  if (left.some(({ reason }) => WORTH_WAITING.has(reason))) {
    return { outcome: 'resting', why: 'busy', afterMs: LOOK_AGAIN_MS, ratio: null };
  }
  if (failures.length > 0) return failedWith(failures);
  if (left.some(({ reason }) => OVERLOADED.has(reason))) {
    return { outcome: 'failed', failure: { code: 'CONFIG', overloaded: true } };
  }
  // The link was nothing for any of them; or it is too long for all who could.
  const isTooLong = left.some(({ reason, detail }) => reason === 'unsupported' && detail !== undefined);
  const otherwise = tried.size > 0 ? 'USER_URL' : 'CONFIG';
  return { outcome: 'failed', failure: { code: isTooLong ? 'CONTENT_TOO_LONG' : otherwise, overloaded: false } };
}

function failedWith(failures: readonly ProviderError[]): ChainResult {
  return { outcome: 'failed', failure: { code: tellingFailure(failures)?.code ?? 'USER_URL', overloaded: false } };
}

/** E.g. `3 of 4, because yt-dlp: circuit_open until 2026-11-20T10:00:00.000Z, pytubefix: STALL`. */
function whyItsTurn({ provider, verdicts }: Turn, { tried }: History): string {
  const position = verdicts.find((verdict) => verdict.provider === provider.name)?.position ?? 0;
  const before = verdicts.filter((verdict) => verdict.position < position);
  const passed = before.map((verdict) => `${verdict.provider}: ${tried.get(verdict.provider) ?? inWords(verdict)}`);
  const because = passed.length > 0 ? `, because ${passed.join(', ')}` : '';
  return `${position} of ${verdicts.length}${because}`;
}

function inWords({ reason, until }: Verdict): string {
  return until ? `${reason} until ${until.toISOString()}` : reason;
}
