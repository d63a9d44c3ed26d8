import { Injectable } from '@nestjs/common';
import { TelegramError } from 'telegraf';
import type { FilePart } from '../../platform/http/index.js';
import { Drain } from '../../platform/queue/drain.js';
import { Storage } from '../../platform/storage/storage.js';
import { abortedBy } from '../bots/aborted-by.js';
import { BotRegistry } from '../bots/bot-registry.js';
import { attachPaths } from './attach-paths.js';
import { FILE_TIMEOUT_MS, FileCalls, areRead, type BotApiResult } from './file-calls.js';
import { LocalFiles } from './local-files.js';
import type { OutboxMessage } from './outbox-message.entity.js';

const TEXT_TIMEOUT_MS = 30_000;
const ACTION_EVERY_MS = 4_500;
/** How long the end of the process waits for the answer to what Telegram has in full. */
const LAST_ANSWER_MS = 10_000;

/** What the person is shown while a file is on its way. */
const ACTIONS: Readonly<Record<string, 'upload_video' | 'upload_photo' | 'upload_voice'>> = {
  sendVideo: 'upload_video',
  sendPhoto: 'upload_photo',
  sendMediaGroup: 'upload_photo',
  sendAudio: 'upload_voice',
};

/** What is asked of the Bot API for a message. */
export interface Call {
  method: string;
  params: Record<string, unknown>;
}

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
    private readonly registry: BotRegistry,
    private readonly storage: Storage,
    private readonly drain: Drain,
    private readonly files: FileCalls,
    private readonly localFiles: LocalFiles,
  ) {}

  /** @throws TelegramError, UploadCutShort, or an error of the transport */
  async make(message: OutboxMessage, call: Call): Promise<BotApiResult> {
    const areHandedOver = this.localFiles.areTaken && Object.keys(message.files).length > 0;
    try {
      return await this.attempt(message, call);
    } catch (error) {
      if (!areHandedOver || !this.localFiles.foundOut(error)) throw error;
      return this.attempt(message, call);
    }
  }

  private async attempt(message: OutboxMessage, { method, params }: Call): Promise<BotApiResult> {
    const { bot, chatId } = message;
    const { paths, files } = await this.open(message);
    const call = { bot, method, params: { chat_id: chatId, ...attachPaths(params, paths) }, files };
    if (Object.keys(message.files).length === 0)
      return this.within(TEXT_TIMEOUT_MS, [], (signal) => this.tell(call, signal));
    const showing = this.showAction(message);
    try {
      return await this.within(FILE_TIMEOUT_MS, files, (signal) => this.files.make({ ...call, signal }));
    } catch (error) {
      const isAnswer = error instanceof TelegramError;
      throw this.drain.signal.aborted && !isAnswer && !areRead(files) ? new UploadCutShort(error) : error;
    } finally {
      clearInterval(showing);
      for (const { stream } of files) stream.destroy();
    }
  }

  private async tell({ bot, method, params }: Call & { bot: string }, signal: AbortSignal): Promise<BotApiResult> {
    const { telegram } = this.registry.get(bot).telegraf;
    return telegram.callApi(method as 'sendMessage', params as never, abortedBy(signal));
  }

  /** Cuts a call after its time; when the process is to end, at once or as soon as its last answer is overdue. */
  private async within<T>(timeoutMs: number, files: FilePart[], call: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const cut = new AbortController();
    const cutAfter = (ms: number) =>
      setTimeout(() => {
        cut.abort(new Error('The call was cut off'));
      }, ms);
    let timer = cutAfter(timeoutMs);
    const hurry = () => {
      clearTimeout(timer);
      timer = cutAfter(areRead(files) ? LAST_ANSWER_MS : 0);
    };
    if (this.drain.signal.aborted) hurry();
    this.drain.signal.addEventListener('abort', hurry);
    try {
      return await call(cut.signal);
    } finally {
      clearTimeout(timer);
      this.drain.signal.removeEventListener('abort', hurry);
    }
  }

  /** Files as paths on the disk that we share with the server, or as streams. */
  private async open(message: OutboxMessage): Promise<{ paths: Record<string, string>; files: FilePart[] }> {
    const paths: Record<string, string> = {};
    const files: FilePart[] = [];
    try {
      for (const [name, { key, filename }] of Object.entries(message.files)) {
        const path = this.storage.localPath(key);
        if (this.localFiles.areTaken && path !== null) paths[name] = `file://${path}`;
        else files.push({ name, filename, ...(await this.storage.open(key)) });
      }
    } catch (error) {
      for (const { stream } of files) stream.destroy();
      throw error;
    }
    return { paths, files };
  }

  /** «… is sending a video» for as long as the upload takes; it bypasses the outbox, for it may be lost. */
  private showAction({ bot, chatId, method }: OutboxMessage): NodeJS.Timeout {
    const action = ACTIONS[method] ?? 'upload_document';
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
