import { Inject, Injectable, Logger } from '@nestjs/common';
import { TelegramError } from 'telegraf';
import { BotStatus } from '../bots/bot-status.js';
import { telegramConfig, type TelegramConfig } from '../telegram.config.js';

/** How a server that is not in its local mode answers a path: it takes it for an id of a file, or for an address. */
const REFUSALS = ['wrong file identifier', 'wrong remote file identifier', 'invalid file http url', 'wrong http url'];

/** Whether files are handed over as paths. A server that is not in its local mode is found out at the first of them. */
@Injectable()
export class LocalFiles {
  private readonly logger = new Logger(LocalFiles.name);
  private areRefused = false;

  constructor(
    @Inject(telegramConfig.key) private readonly config: TelegramConfig,
    private readonly status: BotStatus,
  ) {}

  get areTaken(): boolean {
    return this.config.localFiles && !this.areRefused;
  }

  /** @returns whether the call has failed because of a path; from then on files are uploaded */
  foundOut(error: unknown): boolean {
    if (!(error instanceof TelegramError) || error.code !== 400) return false;
    const description = error.description.toLowerCase();
    if (!REFUSALS.some((refusal) => description.includes(refusal))) return false;
    this.areRefused = true;
    this.status.trouble =
      'the Bot API server takes no files by their path: start it with --local, or turn TELEGRAM_LOCAL_FILES off';
    this.logger.error({ err: error }, 'Files are uploaded, though TELEGRAM_LOCAL_FILES is on');
    return true;
  }
}
