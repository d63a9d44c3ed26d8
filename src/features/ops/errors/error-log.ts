import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { storable } from '../../../platform/text/storable.js';
import type { ErrorSource } from './error-source.js';
import { ErrorsRepository } from './errors.repository.js';
import { signatureOf } from './signature.js';

const LONGEST_MESSAGE = 2_000;

export interface LoggedError {
  source: ErrorSource;
  platform: string | null;
  provider: string | null;
  /** The class, e.g. `HARD_KILL`. */
  type: string;
  code: string;
  /** Fit to be shown: without secrets and query strings. */
  message: string;
  /** What the person was shown. */
  errorRef: string | null;
  /** The row that it happened to. */
  subjectId: string | null;
  /** Of the program or of Nexus. */
  version: string | null;
}

/** What went wrong anywhere, for the operator: grouped by what the messages have in common. */
@Injectable()
export class ErrorLog {
  constructor(
    private readonly errors: ErrorsRepository,
    private readonly clock: Clock,
  ) {}

  /** Takes part in the ambient transaction: what is rolled back there is not in the log. */
  async record(error: LoggedError): Promise<void> {
    const { source, platform, provider, type, code, errorRef, subjectId, version } = error;
    const message = storable(error.message, LONGEST_MESSAGE);
    const signature = signatureOf(code, message);
    const at = this.clock.now();
    await this.errors.insert({
      source,
      platform,
      provider,
      type,
      code,
      message,
      errorRef,
      subjectId,
      version,
      signature,
      at,
    });
  }
}
