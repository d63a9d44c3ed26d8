import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { Media } from '../../../platform/media/index.js';
import { ErrorLog } from '../../ops/index.js';
import { AttemptsRepository } from '../attempts/attempts.repository.js';
import type { DownloadAttempt } from '../attempts/download-attempt.entity.js';
import { NotApplicable, ProviderError } from '../errors/provider-error.js';
import { Waiting, type DownloadedMedia, type Resume } from '../providers/provider.js';
import { RequestsRepository } from '../requests/requests.repository.js';
import { bucketOf } from '../routing/duration-bucket.js';
import { Gate } from '../routing/gate/gate.js';
import { microUsd, usdOfMicro } from '../routing/micro-usd.js';
import { RoutingRepository } from '../routing/routing.repository.js';
import type { RoutedProvider } from '../routing/routing-table.js';
import { attemptError } from './attempt-error.js';
import type { AttemptOrder } from './attempt-order.js';
import { AttemptRecord } from './attempt-record.js';
import { AttemptTries } from './attempt-tries.js';
import { Stopped } from './stop.js';
import { verifyDownload, type VerifiedFile } from './verify-download.js';

export type AttemptResult =
  | { outcome: 'succeeded'; media: DownloadedMedia; files: VerifiedFile[]; provider: RoutedProvider }
  | { outcome: 'failed'; error: ProviderError }
  | { outcome: 'passed_over' }
  /** It waits for an outside job, and is to be resumed after that time. */
  | { outcome: 'resting'; afterMs: number; ratio: number | null };

/** Lets one provider try one request, through one way out or the next, and writes down how it went. */
@Injectable()
export class AttemptRunner {
  constructor(
    private readonly database: Database,
    private readonly requests: RequestsRepository,
    private readonly attempts: AttemptsRepository,
    private readonly tries: AttemptTries,
    private readonly gate: Gate,
    private readonly routing: RoutingRepository,
    private readonly errors: ErrorLog,
    private readonly media: Media,
    private readonly clock: Clock,
  ) {}

  /** @param reason why it is this provider's turn */
  async start(order: AttemptOrder, reason: string): Promise<AttemptResult> {
    const { request, grant } = order;
    const startedAt = this.clock.now();
    const record = new AttemptRecord(startedAt, grant.egresses);
    try {
      await this.requests.note(request.id, { ruleId: request.ruleId });
      await this.attempts.start({
        id: grant.owner,
        requestId: request.id,
        provider: grant.provider,
        egress: grant.egresses[0] ?? '',
        platform: request.platform,
        durationBucket: request.durationSec === null ? 'unknown' : bucketOf(request.durationSec),
        ruleId: request.ruleId,
        reason,
        startedAt,
        costUsd: usdOfMicro(grant.costMicroUsd),
      });
    } catch (error) {
      // What was granted goes back, though nothing came of it.
      await this.settle(order, record, { outcome: 'passed_over' });
      throw error;
    }
    return this.run(order, record, null);
  }

  /** Goes on with one that has rested. */
  async resume(order: AttemptOrder, attempt: DownloadAttempt): Promise<AttemptResult> {
    const record = new AttemptRecord(attempt.startedAt, order.grant.egresses, attempt);
    return this.run(order, record, (attempt.rest?.resume as Resume | undefined) ?? null);
  }

  /** @throws Stopped when the work was broken off; the attempt is then recorded as cancelled */
  private async run(order: AttemptOrder, record: AttemptRecord, resume: Resume | null): Promise<AttemptResult> {
    const letGo = this.gate.hold(order.grant);
    let media: DownloadedMedia;
    let files: VerifiedFile[];
    try {
      media = await this.tries.run(order, record, resume);
      files = await verifyDownload(this.media, media);
    } catch (error) {
      letGo();
      return this.withoutMedia(order, record, resume, error);
    }
    letGo();
    await this.end(order, record, { outcome: 'succeeded', media });
    return { outcome: 'succeeded', media, files, provider: order.provider };
  }

  private async withoutMedia(
    order: AttemptOrder,
    record: AttemptRecord,
    resume: Resume | null,
    error: unknown,
  ): Promise<AttemptResult> {
    const { grant, signal } = order;
    if (error instanceof Waiting) return this.rest(order, record, error);
    if (signal.aborted) {
      const stopped = signal.reason as Stopped;
      // An outside job goes on without us: whoever takes the request up next goes on with it.
      if (resume === null || stopped.why === 'cancelled') await this.end(order, record, { outcome: 'cancelled' });
      else if (stopped.why !== 'lost') await this.gate.rest(grant, this.clock.now());
      throw stopped;
    }
    if (error instanceof NotApplicable) {
      await this.settle(order, record, { outcome: 'passed_over' });
      await this.attempts.discard(grant.owner);
      return { outcome: 'passed_over' };
    }
    const isTheirs = error instanceof ProviderError;
    const failure = isTheirs ? error : new ProviderError('PROVIDER_BUG', String(error), { cause: error });
    await this.end(order, record, { outcome: 'failed', error: failure });
    if (!isTheirs) throw error;
    return { outcome: 'failed', error: failure };
  }

  private async rest({ grant }: AttemptOrder, record: AttemptRecord, waiting: Waiting): Promise<AttemptResult> {
    const { resume, afterMs, ratio } = waiting;
    await this.attempts.rest(grant.owner, { resume, grant }, record);
    await this.gate.rest(grant, new Date(this.clock.now().getTime() + afterMs));
    return { outcome: 'resting', afterMs, ratio };
  }

  /** What was granted goes back first: whatever becomes of the row, others may go on. */
  private async end(order: AttemptOrder, record: AttemptRecord, ending: Ending): Promise<void> {
    const { grant, request, provider } = order;
    const { error } = ending;
    const endedAt = this.clock.now();
    await this.settle(order, record, ending);
    await this.database.transaction(async () => {
      await this.attempts.end(grant.owner, {
        ...record.facts(endedAt, ending.media ?? null, error?.code ?? null),
        outcome: ending.outcome,
        errorClass: error?.class ?? null,
        errorCode: error?.code ?? null,
        message: error?.message ?? null,
        costUsd: usdOfMicro(this.costOf(order, record)),
      });
      if (error) await this.errors.record(attemptError(request, provider, error));
      if (record.quota) await this.routing.noteQuota(grant.provider, record.quota);
    });
  }

  private async settle(
    order: AttemptOrder,
    record: AttemptRecord,
    { outcome, error }: Pick<Ending, 'error'> & { outcome: Ending['outcome'] | 'passed_over' },
  ): Promise<void> {
    await this.gate.settle(order.grant, {
      requestId: order.request.id,
      outcome,
      error,
      tries: record.egressTries(error ?? null),
      costMicroUsd: this.costOf(order, record),
    });
  }

  private costOf({ provider }: AttemptOrder, record: AttemptRecord): number {
    return Math.round(microUsd(provider.row.costPerDownloadUsd) * record.chargedFactor);
  }
}

interface Ending {
  outcome: 'succeeded' | 'failed' | 'cancelled';
  media?: DownloadedMedia;
  error?: ProviderError;
}
