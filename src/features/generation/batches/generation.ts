import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { PageQuery } from '../../../platform/http-server/paging.js';
import { Storage } from '../../../platform/storage/storage.js';
import { Ledger, type CreditOwner } from '../../credits/index.js';
import { GenerationFrontend } from '../generation.frontend.js';
import { holdReference, type GenerationJob } from '../jobs/generation-job.entity.js';
import { JobsRepository } from '../jobs/jobs.repository.js';
import { StepQueue } from '../jobs/step-queue.js';
import type { VideoModel } from '../models/model.js';
import { Models } from '../models/models.js';
import { Templates } from '../prompts/templates.js';
import { KnownVideos } from '../results/known-videos.js';
import { BatchesRepository } from './batches.repository.js';
import type { GenerationBatch, GenerationKind } from './generation-batch.entity.js';

/** What a conversation has gathered when it is confirmed. */
export interface Order {
  draftId: string;
  bot: string;
  chatId: number;
  tgUserId: number;
  language: 'ru' | 'en';
  kind: GenerationKind;
  /** Of a photo of this person. */
  photoKey: string;
  /** 3–1000 characters. */
  productText: string;
  /** Of `ugc` and `ad`. */
  wishes: string | null;
  /** Of `own`, up to 2000 characters. */
  userPrompt: string | null;
  count: 1 | 3 | 5;
}

export type OrderOutcome =
  | { outcome: 'started'; batch: GenerationBatch }
  /** The draft has been confirmed before: nothing is owed, nothing taken. */
  | { outcome: 'repeated'; batch: GenerationBatch }
  | { outcome: 'short'; missing: number; available: number }
  /** No model is there that could take it. */
  | { outcome: 'unavailable' }
  /** The photo is not his, or is not kept any more: he sends it anew. */
  | { outcome: 'photo_gone' };

/** Of a video whose model does not say otherwise. */
const USUAL_PRICE = 1;

/** What a job is made with, chosen once. */
interface Choice {
  model: VideoModel;
  templateId: string | null;
}

/** What people can do with videos: order some, and find those that they have. */
@Injectable()
export class Generation {
  constructor(
    private readonly database: Database,
    private readonly batches: BatchesRepository,
    private readonly jobs: JobsRepository,
    private readonly templates: Templates,
    private readonly models: Models,
    private readonly ledger: Ledger,
    private readonly storage: Storage,
    private readonly frontend: GenerationFrontend,
    private readonly videos: KnownVideos,
    private readonly queue: StepQueue,
  ) {}

  /** Credits for one video at this moment, and what the person has. */
  async price(tgUserId: number, kind: GenerationKind): Promise<{ perVideo: number; available: number }> {
    const choice = await this.choose(tgUserId, kind);
    const { available } = await this.ledger.balance(ownerOf(tgUserId));
    return { perVideo: choice?.model.priceCredits ?? USUAL_PRICE, available };
  }

  /** Jobs and holds in one transaction, all or none; «started» is owed with it. */
  async order(order: Order): Promise<OrderOutcome> {
    return this.database.transaction(async () => {
      const before = await this.batches.lockDraft(order.draftId);
      if (before) return { outcome: 'repeated', batch: before };
      if (!(await this.usePhoto(order))) return { outcome: 'photo_gone' };
      const choice = await this.choose(order.tgUserId, order.kind);
      if (!choice) return { outcome: 'unavailable' };
      const jobs = jobsOf(order, choice);
      const holds = jobs.map(({ id, costCredits }) => {
        const reference = holdReference({ id, round: 1 });
        return { reference, amount: costCredits, idempotencyKey: `hold:${reference}` };
      });
      // Nothing has been written so far: whoever is short of credits leaves nothing behind.
      const held = await this.ledger.hold(ownerOf(order.tgUserId), holds, `telegram:${order.tgUserId}`);
      if (held.outcome === 'short') return held;
      const { draftId, bot, chatId, tgUserId, language, kind, count } = order;
      const costCredits = choice.model.priceCredits * count;
      const batch = await this.batches.add(
        { draftId, bot, chatId, tgUserId, language, kind, size: count, costCredits },
        jobs,
      );
      await this.frontend.started(batch);
      await this.queue.wake();
      return { outcome: 'started', batch };
    });
  }

  /** One of his own jobs; null when it is not his, or gone. */
  async ownJob(tgUserId: number, jobId: string): Promise<GenerationJob | null> {
    const job = await this.jobs.find(jobId);
    return job?.tgUserId === tgUserId ? job : null;
  }

  /** His videos that are there to be watched, and jobs that move, the newest first. */
  videosOf(tgUserId: number, page: PageQuery): Promise<[GenerationJob[], number]> {
    return this.batches.videosOf(tgUserId, page);
  }

  /** Sends one of his videos again, once for each key. @returns false when it is not his, or gone */
  async sendAgain(tgUserId: number, jobId: string, key: string): Promise<boolean> {
    const job = await this.ownJob(tgUserId, jobId);
    return job !== null && this.videos.send(job, key);
  }

  /** By the person, so that he pays what he was shown, and always sees the same of templates that are compared. */
  private async choose(tgUserId: number, kind: GenerationKind): Promise<Choice | null> {
    const template = kind === 'own' ? null : await this.templates.choose(kind, String(tgUserId));
    const model = await this.models.pick(template?.model ?? null);
    return model && { model, templateId: template?.id ?? null };
  }

  private async usePhoto({ tgUserId, photoKey }: Order): Promise<boolean> {
    return (await this.batches.usePhoto(tgUserId, photoKey)) && (await this.storage.exists(photoKey));
  }
}

function jobsOf(order: Order, { model, templateId }: Choice) {
  const { draftId, kind, productText, wishes, userPrompt, photoKey } = order;
  return Array.from({ length: order.count }, (_, index) => ({
    id: randomUUID(),
    kind,
    productText,
    wishes,
    userPrompt,
    photoKey,
    templateId,
    // Own words need no writer.
    finalPrompt: kind === 'own' ? userPrompt : null,
    model: model.slug,
    costCredits: model.priceCredits,
    idempotencyKey: `${draftId}:${index}`,
  }));
}

function ownerOf(tgUserId: number): CreditOwner {
  return { ownerKind: 'tg_user', ownerId: String(tgUserId) };
}
