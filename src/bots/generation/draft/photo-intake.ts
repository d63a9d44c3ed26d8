import { Injectable } from '@nestjs/common';
import { Photos, type PhotoOutcome } from '../../../features/generation/index.js';
import { BotFileError, BotFiles, type BotContext } from '../../../telegram/index.js';

/** The update waits for it, and others of this process wait for the update. */
const TIMEOUT_MS = 20_000;

export type IntakeOutcome = PhotoOutcome | { outcome: 'unreachable' };

/** Takes what a person has sent as the photo of a product: fetched from Telegram, looked into and stored. */
@Injectable()
export class PhotoIntake {
  constructor(
    private readonly files: BotFiles,
    private readonly photos: Photos,
  ) {}

  async take({ state: { bot, person } }: BotContext, fileId: string): Promise<IntakeOutcome> {
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
