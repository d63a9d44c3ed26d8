import { Injectable } from '@nestjs/common';
import { ErrorLog } from '../../ops/index.js';
import type { GenerationJob } from '../jobs/generation-job.entity.js';
import type { GenerationError } from '../kie/error-class.js';

/** Writes failed jobs to the operator's log of errors. Takes part in the ambient transaction. */
@Injectable()
export class FailureLog {
  constructor(private readonly errors: ErrorLog) {}

  /** What the person can change himself is no error of ours. */
  async record({ id, provider }: Pick<GenerationJob, 'id' | 'provider'>, error: GenerationError): Promise<void> {
    if (error.class === 'USER_VIOLATION') return;
    await this.errors.record({
      source: 'generation',
      platform: null,
      provider,
      type: error.class,
      code: error.code,
      message: error.message,
      errorRef: null,
      subjectId: id,
      version: null,
    });
  }
}
