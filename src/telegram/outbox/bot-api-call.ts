import { Inject, Injectable } from '@nestjs/common';
import type { Message } from 'telegraf/types';
import { Storage } from '../../platform/storage/storage.js';
import { BotRegistry } from '../bots/bot-registry.js';
import { telegramConfig, type TelegramConfig } from '../telegram.config.js';
import type { OutboxMessage } from './outbox-message.entity.js';

const TEXT_TIMEOUT_MS = 30_000;
/** A large file on a slow line: half an hour for 2 GB is about 1 MB/s. */
const FILE_TIMEOUT_MS = 1_800_000;
const ACTION_EVERY_MS = 4_500;

/** Makes the call that an outbox message stands for. */
@Injectable()
export class BotApiCall {
  constructor(
    @Inject(telegramConfig.key) private readonly config: TelegramConfig,
    private readonly registry: BotRegistry,
    private readonly storage: Storage,
  ) {}

  /** @throws TelegramError, or an error of the transport */
  async make(message: OutboxMessage, params: Record<string, unknown>): Promise<Message | boolean> {
    const files = Object.entries(message.files);
    const withChat = { chat_id: message.chatId, ...params };
    if (files.length === 0) return this.call(message, withChat, TEXT_TIMEOUT_MS);
    const inputs = await Promise.all(files.map(async ([name, file]) => [name, await this.input(file)] as const));
    const showing = this.showAction(message);
    try {
      return await this.call(message, { ...multipart(withChat), ...Object.fromEntries(inputs) }, FILE_TIMEOUT_MS);
    } finally {
      clearInterval(showing);
      for (const [, input] of inputs) if (typeof input !== 'string') input.source.destroy();
    }
  }

  private async call(message: OutboxMessage, params: object, timeoutMs: number): Promise<Message | boolean> {
    const { telegram } = this.registry.get(message.bot).telegraf;
    const signal = AbortSignal.timeout(timeoutMs);
    return telegram.callApi(message.method as 'sendMessage', params as never, { signal: signal as never });
  }

  private async input({ key, filename }: { key: string; filename: string }) {
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

/** telegraf drops plain objects other than `reply_markup` from multipart calls: they go as JSON text. */
function multipart(params: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'object' && value !== null && name !== 'reply_markup' ? JSON.stringify(value) : value,
    ]),
  );
}
