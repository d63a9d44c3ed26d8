import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Clock } from '../../../platform/clock/clock.js';
import { EgressGateway } from '../../../platform/egress/index.js';
import { EgressFetch } from '../../../platform/http/index.js';
import { ErrorLog } from '../../ops/index.js';
import { AttemptsRepository } from '../attempts/attempts.repository.js';
import { NotApplicable, ProviderError } from '../errors/provider-error.js';
import type { DownloadLimits, MediaFacts } from '../providers/provider.js';
import type { DownloadRequest } from '../requests/download-request.entity.js';
import type { Grant } from '../routing/gate/gate-question.js';
import { Gate } from '../routing/gate/gate.js';
import { usdOfMicro } from '../routing/micro-usd.js';
import { Router } from '../routing/router.js';
import type { RoutedProvider } from '../routing/routing-table.js';
import { attemptError } from './attempt-error.js';
import { goesOn } from './chain.js';
import { MediaFactsCache } from './media-facts-cache.js';

/** Of an attempt that was only to tell. */
export const PROBE_REASON = 'probe';
const PROBE_MS = 15_000;
/** Whoever waits for a video should not wait for more than this many that only tell of it. */
const MOST_PROBES = 2;

export interface ProbeOrder {
  request: DownloadRequest;
  limits: DownloadLimits;
  workDir: string;
  signal: AbortSignal;
  /** False: only what is known already counts. */
  mayAsk: boolean;
}

export interface Probed {
  /** null: nobody could tell. */
  facts: MediaFacts | null;
  /** What those said who could not; each is an attempt that failed. */
  failures: ProviderError[];
}

/** Learns what a link is about before its way is chosen, from the first provider that is free to tell. */
@Injectable()
export class MediaProber {
  constructor(
    private readonly cache: MediaFactsCache,
    private readonly router: Router,
    private readonly gate: Gate,
    private readonly egress: EgressGateway,
    private readonly attempts: AttemptsRepository,
    private readonly errors: ErrorLog,
    private readonly clock: Clock,
  ) {}

  async probe(order: ProbeOrder): Promise<Probed> {
    const { mediaKey, platform } = order.request;
    // Behind `direct` is a file: what it is shows when it is there.
    if (mediaKey === null || platform === 'direct') return { facts: null, failures: [] };
    const known = await this.cache.find(mediaKey);
    if (known) return { facts: known, failures: [] };
    const failures: ProviderError[] = [];
    const asked = new Set<string>();
    while (order.mayAsk && asked.size < MOST_PROBES && goesOn(failures)) {
      const owner = randomUUID();
      const turn = await this.router.takeProber(platform, asked, owner);
      if (!turn) break;
      asked.add(turn.provider.name);
      const answer = await this.ask(order, turn.provider, turn.grant);
      if (answer instanceof ProviderError) failures.push(answer);
      else if (answer) {
        await this.cache.keep(mediaKey, answer);
        return { facts: answer, failures };
      }
    }
    return { facts: null, failures };
  }

  /** @returns null when the link is nothing for the provider */
  private async ask(
    order: ProbeOrder,
    provider: RoutedProvider,
    grant: Grant,
  ): Promise<MediaFacts | ProviderError | null> {
    const startedAt = this.clock.now();
    const letGo = this.gate.hold(grant);
    const settle = (outcome: 'passed_over' | 'failed', error?: ProviderError) =>
      this.gate.settle(grant, {
        requestId: order.request.id,
        outcome,
        error,
        tries: [{ egress: grant.egresses[0] ?? '', error: error ?? null }],
        costMicroUsd: 0,
      });
    try {
      const facts = await this.call(order, provider, grant);
      // To know of a medium is not to have it: it proves nothing to a circuit.
      await settle('passed_over');
      return facts;
    } catch (error) {
      if (order.signal.aborted || !(error instanceof ProviderError)) await settle('passed_over');
      order.signal.throwIfAborted();
      if (error instanceof NotApplicable) return null;
      if (!(error instanceof ProviderError)) throw error;
      await settle('failed', error);
      await this.record(order.request, provider, grant, startedAt, error);
      return error;
    } finally {
      letGo();
    }
  }

  private async call(
    { request, limits, workDir: root, signal }: ProbeOrder,
    { adapter, setup, egresses }: RoutedProvider,
    grant: Grant,
  ): Promise<MediaFacts | null> {
    const egress = grant.egresses[0] ?? '';
    const session = this.egress.open({
      id: grant.owner,
      egress: { name: egress, url: egresses.get(egress) ?? undefined },
    });
    const fetch = new EgressFetch(session);
    const workDir = join(root, grant.owner);
    const over = AbortSignal.timeout(PROBE_MS);
    try {
      await mkdir(workDir, { recursive: true, mode: 0o700 });
      const { platform, mediaKey, canonicalUrl } = request;
      const facts = await adapter?.probe?.({
        link: { platform, mediaKey, canonicalUrl },
        workDir,
        proxyUrl: session.proxyUrl,
        fetch,
        egress,
        setup,
        wish: request.options,
        durationSec: null,
        resume: null,
        limits,
        stallMs: PROBE_MS,
        signal: AbortSignal.any([signal, over]),
      });
      return facts ?? null;
    } catch (error) {
      if (over.aborted && !signal.aborted) throw new ProviderError('STALL', 'It did not tell in time');
      const refused = session.refused();
      throw refused === null ? error : new ProviderError('USER_URL', refused);
    } finally {
      await fetch.close();
      session.close();
    }
  }

  private async record(
    request: DownloadRequest,
    provider: RoutedProvider,
    grant: Grant,
    startedAt: Date,
    error: ProviderError,
  ): Promise<void> {
    const endedAt = this.clock.now();
    const egress = grant.egresses[0] ?? '';
    await this.errors.record(attemptError(request, provider, error));
    await this.attempts.add({
      id: grant.owner,
      requestId: request.id,
      provider: grant.provider,
      egress,
      platform: request.platform,
      durationBucket: 'unknown',
      ruleId: null,
      reason: PROBE_REASON,
      startedAt,
      costUsd: usdOfMicro(0),
      outcome: 'failed',
      endedAt,
      tries: [{ kind: 'first', egress, errorCode: error.code }],
      downloadTimeMs: endedAt.getTime() - startedAt.getTime(),
      errorClass: error.class,
      errorCode: error.code,
      message: error.message,
    });
  }
}
