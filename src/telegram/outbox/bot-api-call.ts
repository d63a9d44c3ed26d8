import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { TelegramError } from 'telegraf';
import type { Message } from 'telegraf/types';
import { Drain } from '../../platform/queue/drain.js';
import { Storage } from '../../platform/storage/storage.js';
import { BotRegistry } from '../bots/bot-registry.js';
import { telegramConfig, type TelegramConfig } from '../telegram.config.js';
import type { OutboxFile, OutboxMessage } from './outbox-message.entity.js';

const TEXT_TIMEOUT_MS = 30_000;
/** A large file on a slow line: half an hour for 2 GB is about 1 MB/s. */
const FILE_TIMEOUT_MS = 1_800_000;
const ACTION_EVERY_MS = 4_500;
/** How long the end of the process waits for the answer to what Telegram has in full. */
const LAST_ANSWER_MS = 10_000;

/** What is asked of the Bot API for a message. */
export interface Call {
  method: string;
  params: Record<string, unknown>;
}

/** A file as it is sent: from the disk we share with the server, or as a stream. */
type Input = string | { source: Readable; filename: string };

/** The process was asked to stop before Telegram had the whole of a file: nothing was sent. */
export class UploadCutShort extends Error {
  constructor(cause: unknown) {
    super('The process is stopping in the middle of an upload', { cause });
  }
}

/** Makes the call that an outbox message stands for. */
@Injectable()
export class BotApiCall {
  constructor(
    @Inject(telegramConfig.key) private readonly config: TelegramConfig,
    private readonly registry: BotRegistry,
    private readonly storage: Storage,
    private readonly drain: Drain,
  ) {}

  /** @throws TelegramError, UploadCutShort, or an error of the transport */
  async make(message: OutboxMessage, { method, params }: Call): Promise<Message | boolean> {
    const withChat = { chat_id: message.chatId, ...params };
    const files = Object.entries(message.files);
    if (files.length === 0) return this.call(message.bot, { method, params: withChat }, TEXT_TIMEOUT_MS);
    const inputs: Record<string, Input> = {};
    try {
      for (const [name, file] of files) inputs[name] = await this.open(file);
      return await this.upload(message, { method, params: { ...multipart(withChat), ...inputs } }, sourcesOf(inputs));
    } finally {
      for (const source of sourcesOf(inputs)) source.destroy();
    }
  }

  private async upload(message: OutboxMessage, call: Call, sources: Readable[]): Promise<Message | boolean> {
    const showing = this.showAction(message);
    try {
      return await this.call(message.bot, call, FILE_TIMEOUT_MS, sources);
    } catch (error) {
      const isAnswer = error instanceof TelegramError;
      throw this.drain.signal.aborted && !isAnswer && !areRead(sources) ? new UploadCutShort(error) : error;
    } finally {
      clearInterval(showing);
    }
  }

  private async call(
    bot: string,
    { method, params }: Call,
    timeoutMs: number,
    sources: Readable[] = [],
  ): Promise<Message | boolean> {
    const { telegram } = this.registry.get(bot).telegraf;
    const cut = new AbortController();
    const cutAfter = (ms: number) =>
      setTimeout(() => {
        cut.abort();
      }, ms);
    let timer = cutAfter(timeoutMs);
    const hurry = () => {
      clearTimeout(timer);
      timer = cutAfter(areRead(sources) ? LAST_ANSWER_MS : 0);
    };
    if (this.drain.signal.aborted) hurry();
    this.drain.signal.addEventListener('abort', hurry);
    try {
      return await telegram.callApi(method as 'sendMessage', params as never, { signal: cut.signal as never });
    } finally {
      clearTimeout(timer);
      this.drain.signal.removeEventListener('abort', hurry);
    }
  }

  private async open({ key, filename }: OutboxFile): Promise<Input> {
    const path = this.storage.localPath(key);
    if (this.config.localFiles && path !== null) return `file://${path}`;
    const { stream } = await this.storage.open(key);
    return { source: stream, filename };
  }

  /** «… is sending a video» for as long as the upload takes; it bypasses the outbox, for it may be lost. */
  private showAction({ bot, chatId, method }: OutboxMessage): NodeJS.Timeout {
    const action = method === 'sendVideo' ? 'upload_video' : 'upload_document';
    const show = () => {
      this.registry
        .get(bot)
        .telegraf.telegram.sendChatAction(chatId, action)
        .catch(() => undefined);
    };
    show();
    return setInterval(show, ACTION_EVERY_MS);
  }
}

function sourcesOf(inputs: Record<string, Input>): Readable[] {
  return Object.values(inputs).flatMap((input) => (typeof input === 'string' ? [] : [input.source]));
}

/** Whether the server may have got all of the files: one that is not read to its end has certainly not been sent. */
function areRead(sources: Readable[]): boolean {
  return sources.every(({ readableEnded }) => readableEnded);
}

/** telegraf drops plain objects other than `reply_markup` from multipart calls: they go as JSON text. */
function multipart(params: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'object' && value !== null && name !== 'reply_markup' ? JSON.stringify(value) : value,
    ]),
  );
}
