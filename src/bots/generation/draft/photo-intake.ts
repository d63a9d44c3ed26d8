import { Injectable } from '@nestjs/common';
import { Photos, type PhotoOutcome } from '../../../features/generation/index.js';
import { BotFileError, BotFiles, TryLater, type BotContext } from '../../../telegram/index.js';

/** The update waits for it. */
const TIMEOUT_MS = 20_000;
/** Fewer than the updates that a process handles at once: however slow photos are, all else goes on. */
const AT_ONCE = 3;

export type IntakeOutcome = PhotoOutcome | { outcome: 'unreachable' };

/** Takes what a person has sent as the photo of a product: fetched from Telegram, looked into and stored. */
@Injectable()
export class PhotoIntake {
  private fetching = 0;

  constructor(
    private readonly files: BotFiles,
    private readonly photos: Photos,
  ) {}

  /** @throws TryLater */
  async take(context: BotContext, fileId: string): Promise<IntakeOutcome> {
    if (this.fetching >= AT_ONCE) throw new TryLater('Other photos are being fetched');
    this.fetching += 1;
    try {
      return await this.fetch(context, fileId);
    } finally {
      this.fetching -= 1;
    }
  }

  private async fetch({ state: { bot, person } }: BotContext, fileId: string): Promise<IntakeOutcome> {
    const { maxBytes, limitMb } = this.photos;
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    try {
      const file = await this.files.open(bot, fileId, maxBytes, signal);
      return await this.photos.accept(person.tgUserId, file);
    } catch (error) {
      if (error instanceof BotFileError && error.code === 'too_large') return { outcome: 'too_large', limitMb };
      if (error instanceof BotFileError || signal.aborted) return { outcome: 'unreachable' };
      throw error;
    }
  }
}
