import { Inject, Injectable, Logger } from '@nestjs/common';
import { generationConfig, type GenerationConfig } from '../generation.config.js';
import type { GenerationJob } from '../jobs/generation-job.entity.js';
import { JobEnds } from '../jobs/job-ends.js';
import type { GenerationError } from '../kie/error-class.js';
import { KieClient, type CreateAnswer } from '../kie/kie-client.js';
import type { VideoModel } from '../models/model.js';
import { Models } from '../models/models.js';
import { Admissions, type Admitted } from './admissions.js';
import { CreateAnswers } from './create-answers.js';
import { PhotoHandover } from './photo-handover.js';
import { Waits } from './waits.js';

/** Asks the provider for a video: the attempt is on record before the call, and what was answered right after it. */
@Injectable()
export class TaskCreation {
  private readonly logger = new Logger(TaskCreation.name);

  constructor(
    @Inject(generationConfig.key) private readonly config: GenerationConfig,
    private readonly ends: JobEnds,
    private readonly models: Models,
    private readonly photos: PhotoHandover,
    private readonly admissions: Admissions,
    private readonly kie: KieClient,
    private readonly answers: CreateAnswers,
    private readonly waits: Waits,
  ) {}

  /** @throws the signal's reason, as long as nothing is on record */
  async begin(job: GenerationJob, signal: AbortSignal): Promise<void> {
    // An earlier call seemed to have made a task, and the last try was not the end because of it.
    if (job.attempts >= this.config.maxAttempts) {
      await this.ends.fail(job, TRIED);
      return;
    }
    const model = await this.models.pick(job.model);
    if (!model) {
      await this.ends.fail(job, NO_MODEL);
      return;
    }
    const photo = await this.photos.urlFor(job);
    signal.throwIfAborted();
    if (!photo.ok && photo.key === null) {
      await this.ends.fail(job, photo.error);
      return;
    }
    if (!photo.ok) return this.answers.photoRefused(job, photo.key, photo.error);
    const admittance = await this.admissions.admit(job, model);
    switch (admittance.outcome) {
      case 'taken':
        return;
      case 'wait':
        return this.waits.backIntoQueue(job, admittance.ms);
      case 'none':
        await this.ends.fail(job, admittance.error);
        return;
      case 'admitted':
        return this.answers.settle(job, admittance, await this.call(job, model, admittance, photo.url));
    }
  }

  private async call(
    { id, finalPrompt }: GenerationJob,
    model: VideoModel,
    { key, callBackUrl }: Admitted,
    photoUrl: string,
  ): Promise<CreateAnswer> {
    const prompt = shortened(finalPrompt ?? '', model.maxPromptChars);
    try {
      const input = model.input({ prompt, photoUrl });
      return await this.kie.createTask(key, { model: model.slug, input, callBackUrl });
    } catch (error) {
      // Wherever it broke, the request may have been on its way.
      this.logger.error({ err: error, generationJobId: id }, 'createTask broke down');
      return { ok: false, unanswered: true, error: { ...BROKEN, message: String(error) } };
    }
  }
}

/** No character in half. */
function shortened(prompt: string, longest: number): string {
  if (prompt.length <= longest) return prompt;
  return prompt.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '');
}

const TRIED: GenerationError = {
  class: 'TEMPORARY',
  detail: null,
  code: 'NO_TASK',
  message: 'All tries are used up, and none of them has made a task',
  retryAfterSec: null,
};
const NO_MODEL: GenerationError = {
  class: 'CONFIG',
  detail: null,
  code: 'NO_MODEL',
  message: 'All models are switched off',
  retryAfterSec: null,
};
const BROKEN: GenerationError = {
  class: 'TEMPORARY',
  detail: null,
  code: 'NETWORK',
  message: '',
  retryAfterSec: null,
};
