import { Inject, Injectable } from '@nestjs/common';
import type { InlineKeyboardMarkup } from 'telegraf/types';
import {
  DownloadsFrontend,
  downloadsConfig,
  type DownloadRequest,
  type DownloadsConfig,
  type Failure,
  type Phase,
  type ReadyMedia,
} from '../../features/downloads/index.js';
import { BotTexts, Outbox, telegramConfig, type TelegramConfig } from '../../telegram/index.js';
import { DELIVERY_TOPIC } from './delivery-report.js';
import { captionOf } from './caption.js';
import { choiceButtons } from './choice-buttons.js';
import { referenceTo } from './delivery-reference.js';
import { mediaMessage } from './media-message.js';
import { statusWords } from './status-words.js';

const PLATFORM_NAMES: Record<DownloadRequest['platform'], string> = {
  youtube: 'YouTube',
  youtube_shorts: 'YouTube',
  tiktok: 'TikTok',
  instagram: 'Instagram',
  pinterest: 'Pinterest',
  direct: 'Nexus',
};

const laneOf = ({ id }: DownloadRequest) => `download:${id}`;
const statusKeyOf = ({ id }: DownloadRequest) => `download:${id}:status`;

/** Shows downloads in the chat they were asked for in. */
@Injectable()
export class DownloaderPresenter extends DownloadsFrontend {
  constructor(
    @Inject(telegramConfig.key) private readonly telegram: TelegramConfig,
    @Inject(downloadsConfig.key) private readonly downloads: DownloadsConfig,
    private readonly outbox: Outbox,
    private readonly texts: BotTexts,
  ) {
    super();
  }

  async acknowledge(request: DownloadRequest, phase: Phase): Promise<void> {
    await this.outbox.send({
      ...this.addressOf(request),
      key: statusKeyOf(request),
      kind: 'status',
      replyTo: request.messageId,
      text: statusWords(this.texts, request, phase),
      markup: this.cancelButton(request),
    });
  }

  async show(request: DownloadRequest, phase: Phase): Promise<void> {
    const text = statusWords(this.texts, request, phase);
    await this.outbox.edit(statusKeyOf(request), { text, markup: this.cancelButton(request) });
  }

  async deliver(request: DownloadRequest, media: ReadyMedia, part: number): Promise<void> {
    const { method, params, files } = mediaMessage(media, part === 0 ? this.captionOf(request, media) : '');
    await this.outbox.sendMedia({
      ...this.addressOf(request),
      key: `download:${request.id}:result:${request.run}:${part}`,
      kind: 'result',
      replyTo: request.messageId,
      topic: DELIVERY_TOPIC,
      reference: referenceTo(request.id, part),
      method,
      params: { ...params, ...this.choices(request, media, part) },
      files,
    });
  }

  async delivered(request: DownloadRequest): Promise<void> {
    await this.outbox.remove(statusKeyOf(request));
  }

  async failed(request: DownloadRequest, failure: Failure): Promise<void> {
    const words = this.failureWords(request, failure);
    const text = `${words}\n${this.say(request, 'error.id', { ref: request.errorRef })}`;
    await this.conclude(request, text);
  }

  async cancelled(request: DownloadRequest): Promise<void> {
    await this.conclude(request, this.say(request, 'status.cancelled'));
  }

  private captionOf(request: DownloadRequest, { title, mayNotPlayEverywhere }: ReadyMedia): string {
    return captionOf(title, mayNotPlayEverywhere ? this.say(request, 'caption.may_not_play') : null);
  }

  /** Other forms are offered of what is a video, and all that its post has: albums cannot carry buttons. */
  private choices(
    request: DownloadRequest,
    { files }: ReadyMedia,
    part: number,
  ): { reply_markup?: InlineKeyboardMarkup } {
    const [file] = files;
    const isVideo = file?.kind === 'video' || (file?.kind === 'document' && file.durationSec !== null);
    if (!isVideo || files.length > 1 || part > 0) return {};
    return { reply_markup: choiceButtons((key) => this.say(request, key), request.id) };
  }

  private async conclude(request: DownloadRequest, text: string): Promise<void> {
    const address = { ...this.addressOf(request), replyTo: request.messageId };
    await this.outbox.conclude(statusKeyOf(request), address, { text });
  }

  private failureWords(request: DownloadRequest, { code, overloaded }: Failure): string {
    if (overloaded) return this.say(request, 'failure.overloaded', { platform: PLATFORM_NAMES[request.platform] });
    const keys = [`failure.${request.options.kind}.${code}`, `failure.${code}`];
    const key = keys.find((each) => this.texts.has(request.bot, each)) ?? 'failure.other';
    return this.say(request, key, {
      limit: this.telegram.uploadLimitMb,
      hours: Math.floor(this.downloads.maxDurationSec / 3_600),
    });
  }

  private cancelButton(request: DownloadRequest): InlineKeyboardMarkup {
    const text = this.say(request, 'button.cancel');
    return { inline_keyboard: [[{ text, callback_data: `cancel:${request.id}` }]] };
  }

  private addressOf(request: DownloadRequest) {
    return { bot: request.bot, chatId: request.chatId, lane: laneOf(request) };
  }

  private say({ bot, language }: DownloadRequest, key: string, variables = {}): string {
    return this.texts.text(bot, key, language, variables);
  }
}
