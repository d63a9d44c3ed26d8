import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { processConfig, type ProcessConfig } from '../../../platform/config/process.config.js';
import { generationConfig, type GenerationConfig } from '../generation.config.js';
import type { GenerationSubmission } from '../jobs/generation-submission.entity.js';
import { publicBase } from '../public-base.js';
import { SubmissionsRepository } from '../submissions/submissions.repository.js';

const HOUR_MS = 3_600_000;
/** Where callbacks come, the first look is there for those that get lost. */
const WITH_CALLBACKS_MS = 120_000;
/** So long a call without an answer is waited for: its callback tells of the task when there is one. */
const NO_ANSWER_MS = 180_000;
/** No callback will come from outside. */
const NO_ANSWER_INSIDE_MS = 60_000;
/** Of the 8 that a key has; the rest is for callbacks and first looks. */
const POLLS_PER_SEC = 5;

/** When a task of the provider is looked at, and how long it is waited for. */
@Injectable()
export class LookTimes {
  private readonly isPublic: boolean;

  constructor(
    @Inject(generationConfig.key) private readonly config: GenerationConfig,
    @Inject(processConfig.key) process: ProcessConfig,
    private readonly submissions: SubmissionsRepository,
    private readonly clock: Clock,
  ) {
    this.isPublic = publicBase(process) !== null;
  }

  /** How long a call without an answer is waited for, in milliseconds. */
  get unansweredMs(): number {
    return this.isPublic ? NO_ANSWER_MS : NO_ANSWER_INSIDE_MS;
  }

  /** @returns milliseconds from the answer of createTask to the first look */
  async first(): Promise<number> {
    return (await this.doCallbacksCome()) ? WITH_CALLBACKS_MS : this.config.pollFirstSec * 1_000;
  }

  /** @returns milliseconds to the next look: the more tasks a key has, the longer, so that it is not asked too often */
  async next({ keyId }: Pick<GenerationSubmission, 'keyId'>): Promise<number> {
    const stretched = (await this.submissions.countOpen(keyId)) / POLLS_PER_SEC;
    return Math.max(this.config.pollEverySec, stretched) * 1_000;
  }

  private async doCallbacksCome(): Promise<boolean> {
    if (!this.isPublic) return false;
    return this.submissions.hasCallbackAfter(new Date(this.clock.now().getTime() - HOUR_MS));
  }
}
