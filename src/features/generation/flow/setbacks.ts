import { Inject, Injectable } from '@nestjs/common';
import { generationConfig, type GenerationConfig } from '../generation.config.js';
import type { GenerationJob } from '../jobs/generation-job.entity.js';
import { JobEnds } from '../jobs/job-ends.js';
import type { GenerationError } from '../kie/error-class.js';
import { Models } from '../models/models.js';
import { decide } from './decide.js';

/** Does what `decide` says about a job that has met an error. */
@Injectable()
export class Setbacks {
  constructor(
    @Inject(generationConfig.key) private readonly config: GenerationConfig,
    private readonly ends: JobEnds,
    private readonly models: Models,
  ) {}

  /**
   * @param job in the caller's hands, its `attempts` as they are by now
   * @returns false when it is not the caller's any more
   */
  async after(job: GenerationJob, error: GenerationError): Promise<boolean> {
    const decision = decide(error, job, this.config);
    switch (decision.kind) {
      case 'retry':
        return this.ends.retry(job, error, decision);
      case 'fail':
        return this.ends.fail(job, error);
      case 'again':
        return error.detail === 'model_paused' ? this.withNextModel(job, error) : this.ends.again(job, error);
    }
  }

  private async withNextModel(job: GenerationJob, error: GenerationError): Promise<boolean> {
    await this.models.pause(job.model, error.message);
    const next = await this.models.pick(null);
    if (next) return this.ends.again(job, error, next.slug);
    return this.ends.fail(job, { ...error, class: 'CONFIG' });
  }
}
