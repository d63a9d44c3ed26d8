import { Logger } from '@nestjs/common';
import type { Clock } from '../clock/clock.js';
import type { HealthPart, PartState } from './health-part.js';

const CACHED_MS = 1000;
const TIMEOUT_MS = 2000;

/**
 * Asks one part how it is, at most once a second and never while it still owes the answer to the question before: a
 * part that hangs must not be buried under probes.
 */
export class PartMonitor {
  private readonly logger = new Logger('Health');
  private running: Promise<PartState> | undefined;
  private last: { at: number; state: PartState } | undefined;

  constructor(
    private readonly part: HealthPart,
    private readonly clock: Clock,
  ) {}

  get name(): string {
    return this.part.name;
  }

  async state(): Promise<PartState> {
    if (this.last && this.now() - this.last.at < CACHED_MS) return this.last.state;
    this.running ??= this.check().finally(() => {
      this.running = undefined;
    });
    const timeout = new AbortController();
    const state = await Promise.race([this.running, this.tooLate(timeout.signal)]);
    timeout.abort();
    this.last = { at: this.now(), state };
    return state;
  }

  private async check(): Promise<PartState> {
    try {
      return await this.part.check();
    } catch (error) {
      this.logger.debug({ err: error }, `The check of ${this.name} failed`);
      return { status: 'unavailable', reason: 'does not answer' };
    }
  }

  private async tooLate(signal: AbortSignal): Promise<PartState> {
    // Aborted means that the check came first: nobody looks at this answer any more.
    await this.clock.delay(TIMEOUT_MS, signal).catch(() => undefined);
    return { status: 'unavailable', reason: `does not answer within ${TIMEOUT_MS / 1000} s` };
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}
