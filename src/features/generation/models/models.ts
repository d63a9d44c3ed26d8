import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { Alerts } from '../../ops/index.js';
import { modelPaused } from '../alerts.js';
import { generationConfig, type GenerationConfig } from '../generation.config.js';
import type { VideoModel } from './model.js';
import { PausedModel } from './paused-model.entity.js';
import { videoModels } from './registry.js';

/** The models of `KIE_MODELS` that Nexus knows, less those that KIE has paused. */
@Injectable()
export class Models implements OnModuleInit {
  private readonly logger = new Logger(Models.name);

  constructor(
    private readonly database: Database,
    private readonly alerts: Alerts,
    private readonly clock: Clock,
    @Inject(generationConfig.key) private readonly config: GenerationConfig,
  ) {}

  onModuleInit(): void {
    const unknown = this.config.kieModels.filter((slug) => !this.get(slug));
    if (unknown.length > 0) this.logger.warn({ unknown }, 'KIE_MODELS names models that Nexus does not know');
  }

  /** By its slug, paused or not, also one that is not in use; undefined for one that Nexus does not know. */
  get(slug: string): VideoModel | undefined {
    return videoModels.find((model) => model.slug === slug);
  }

  /** Those of `KIE_MODELS`, the preferred one first. */
  inUse(): VideoModel[] {
    return this.config.kieModels.flatMap((slug) => this.get(slug) ?? []);
  }

  /** The one that is asked for if it is live, else the first live one; null: there is none. They all take a photo. */
  async pick(slug: string | null): Promise<VideoModel | null> {
    const paused = new Set((await this.paused()).map((model) => model.slug));
    const live = this.inUse().filter((model) => model.takesPhoto && !paused.has(model.slug));
    return live.find((model) => model.slug === slug) ?? live[0] ?? null;
  }

  paused(): Promise<PausedModel[]> {
    return this.rows.find();
  }

  /** KIE has switched it off: it stays off until the operator says otherwise, who is told. */
  async pause(slug: string, reason: string): Promise<void> {
    await this.database.transaction(async () => {
      await this.switchOff(slug, reason);
      await this.alerts.raise(modelPaused, { subject: slug, params: { model: slug, reason } });
    });
  }

  /** For the operator, who need not be told. */
  async switchOff(slug: string, reason: string): Promise<void> {
    const values = { slug, reason, pausedAt: this.clock.now() };
    await this.rows.createQueryBuilder().insert().values(values).orIgnore().execute();
  }

  /** Harmless for one that is not paused. */
  async resume(slug: string): Promise<void> {
    await this.rows.delete({ slug });
    // Not before: who has pressed the button of the alert still writes on it.
    await this.database.afterCommit(() => this.alerts.resolve(modelPaused, slug));
  }

  private get rows() {
    return this.database.repository(PausedModel);
  }
}
