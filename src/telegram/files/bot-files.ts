import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { TelegramError } from 'telegraf';
import { ResponseTooLargeError } from '../../platform/http/http-errors.js';
import { HttpClient } from '../../platform/http/index.js';
import { abortedBy } from '../bots/aborted-by.js';
import { BotRegistry, type Bot } from '../bots/bot-registry.js';
import { telegramConfig, type TelegramConfig } from '../telegram.config.js';
import { BotFileError } from './bot-file-error.js';

const TOO_BIG = /file is too big/i;

/** Files that people have sent to a bot. */
@Injectable()
export class BotFiles {
  constructor(
    @Inject(telegramConfig.key) private readonly config: TelegramConfig,
    private readonly registry: BotRegistry,
    private readonly http: HttpClient,
  ) {}

  /**
   * Fetches a file, up to `maxBytes` of it: what is downloaded lies in memory, a local Bot API server's is read from the
   * disk that we share. The stream must be read or destroyed.
   * @throws BotFileError; the signal's reason when it was aborted
   */
  async open(botName: string, fileId: string, maxBytes: number, signal: AbortSignal): Promise<Readable> {
    const bot = this.registry.get(botName);
    const { path, sizeBytes } = await this.find(bot, fileId, signal);
    if (sizeBytes > maxBytes) throw tooLarge(maxBytes);
    return this.config.localFiles && isAbsolute(path)
      ? openLocal(path, maxBytes)
      : this.download(bot, path, maxBytes, signal);
  }

  private async find({ telegraf }: Bot, fileId: string, signal: AbortSignal) {
    try {
      const file = await telegraf.telegram.callApi('getFile', { file_id: fileId }, abortedBy(signal));
      if (file.file_path === undefined) throw new BotFileError('gone', 'Telegram does not say where the file is');
      return { path: file.file_path, sizeBytes: file.file_size ?? 0 };
    } catch (error) {
      throw signal.aborted ? signal.reason : findFailure(error);
    }
  }

  private async download(bot: Bot, path: string, maxBytes: number, signal: AbortSignal): Promise<Readable> {
    const url = `${bot.apiRoot}/file/bot${bot.token ?? ''}/${path}`;
    const request = { url, maxResponseBytes: maxBytes, signal };
    const { status, body } = await this.http.send(request).catch((error: unknown) => {
      if (signal.aborted) throw signal.reason;
      if (error instanceof ResponseTooLargeError) throw tooLarge(maxBytes);
      throw new BotFileError('unreachable', 'The file could not be downloaded', { cause: error });
    });
    if (status === 404) throw new BotFileError('gone', 'The file is not there any more');
    if (status !== 200) throw new BotFileError('unreachable', `The download was answered with ${status}`);
    return Readable.from([body]);
  }
}

async function openLocal(path: string, maxBytes: number): Promise<Readable> {
  const facts = await stat(path).catch((error: unknown) => {
    throw new BotFileError('gone', 'The file is not on the disk that is shared with the Bot API server', {
      cause: error,
    });
  });
  if (facts.size > maxBytes) throw tooLarge(maxBytes);
  return createReadStream(path);
}

function tooLarge(maxBytes: number): BotFileError {
  return new BotFileError('too_large', `The file has more than ${maxBytes} bytes`);
}

/** What the library throws for a broken connection names the address: it is left behind. */
function findFailure(error: unknown): BotFileError {
  if (error instanceof BotFileError) return error;
  if (!(error instanceof TelegramError)) return new BotFileError('unreachable', 'Telegram could not be asked');
  if (TOO_BIG.test(error.description)) return new BotFileError('too_large', error.description);
  const code = error.code === 400 ? 'gone' : 'unreachable';
  return new BotFileError(code, error.description);
}
