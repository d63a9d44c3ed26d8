import { Injectable } from '@nestjs/common';
import { Database } from '../../../../platform/database/database.js';
import { AuditLog, HandlesAlertAction, type AlertPress } from '../../../ops/index.js';
import { RESUME_MODEL } from '../../alerts.js';
import { modelNotFound } from '../models.errors.js';
import { Models } from '../models.js';
import { GenerationModelDto, type ModelStanding } from './model.dto.js';

/** What the operator sees and switches of models. An actor is `user:{id}` or `telegram:{id}`. */
@Injectable()
export class ModelSwitch {
  constructor(
    private readonly database: Database,
    private readonly models: Models,
    private readonly audit: AuditLog,
  ) {}

  async list(): Promise<ModelStanding[]> {
    const paused = new Map((await this.models.paused()).map((model) => [model.slug, model]));
    return this.models.inUse().map((model) => ({ model, paused: paused.get(model.slug) ?? null }));
  }

  async pause(actor: string, slug: string, reason: string): Promise<ModelStanding> {
    return this.change(actor, slug, 'paused', () => this.models.switchOff(slug, reason));
  }

  async resume(actor: string, slug: string): Promise<ModelStanding> {
    return this.change(actor, slug, 'resumed', () => this.models.resume(slug));
  }

  @HandlesAlertAction(RESUME_MODEL)
  async resumeByButton({ subject: slug, actor }: AlertPress): Promise<void> {
    const isInUse = this.models.inUse().some((model) => model.slug === slug);
    // One that has left KIE_MODELS meanwhile is no model of the operator's any more: it is only forgotten.
    await (isInUse ? this.resume(actor, slug) : this.models.resume(slug));
  }

  private async change(
    actor: string,
    slug: string,
    what: 'paused' | 'resumed',
    work: () => Promise<unknown>,
  ): Promise<ModelStanding> {
    return this.database.transaction(async () => {
      await this.database.lock('generation.models');
      const before = await this.get(slug);
      await work();
      const after = await this.get(slug);
      if ((before.paused === null) !== (after.paused === null)) {
        const [was, is] = [GenerationModelDto.of(before), GenerationModelDto.of(after)];
        const subject = `generation_model:${slug}`;
        await this.audit.record({ actor, action: `generation_model.${what}`, subject, before: was, after: is });
      }
      return after;
    });
  }

  private async get(slug: string): Promise<ModelStanding> {
    const found = (await this.list()).find(({ model }) => model.slug === slug);
    if (!found) throw modelNotFound();
    return found;
  }
}
