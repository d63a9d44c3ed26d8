import { Injectable } from '@nestjs/common';
import type { InlineKeyboardMarkup, ReplyKeyboardMarkup } from 'telegraf/types';
import { Events } from '../../platform/events/events.js';
import { outboxWritten } from './outbox.events.js';
import type { OutboxFile, OutboxKind, SentMessage } from './outbox-message.entity.js';
import { OutboxRepository } from './outbox.repository.js';

/** Where a message goes. */
interface OutboxAddress {
  bot: string;
  chatId: number;
  /** Messages of one lane keep their order; by default all of a chat are in one. */
  lane?: string;
  replyTo?: number;
}

interface Owed extends OutboxAddress {
  /** Unique, e.g. `job:42:started`: writing it twice, within the 14 days that it is remembered, sends it once. */
  key: string;
  kind: Exclude<OutboxKind, 'edit' | 'delete'>;
  /** Who hears how it ended (`@ObservesOutbox`), and of which of its rows. */
  topic?: string;
  reference?: string;
}

export interface OwedText extends Owed {
  /** Telegram HTML. */
  text: string;
  markup?: InlineKeyboardMarkup | ReplyKeyboardMarkup;
}

export interface OwedMedia extends Owed {
  method: 'sendVideo' | 'sendDocument' | 'sendAudio' | 'sendPhoto' | 'sendMediaGroup';
  params: Record<string, unknown>;
  /**
   * Files of the storage by the parameter they are sent as, in an album by the name that `attach://` gives them there;
   * absent when a `file_id` is in the parameters.
   */
  files?: Record<string, OutboxFile>;
}

export interface StatusEdit {
  text: string;
  markup?: InlineKeyboardMarkup;
}

/** Writes down what chats are owed, in the ambient transaction. The dispatcher sends it, within Telegram's limits. */
@Injectable()
export class Outbox {
  constructor(
    private readonly messages: OutboxRepository,
    private readonly events: Events,
  ) {}

  async send({ text, markup, ...owed }: OwedText): Promise<void> {
    const params = { ...textParams(text, markup), ...replyParams(owed.replyTo) };
    await this.write(owed, 'sendMessage', params, {});
  }

  async sendMedia({ method, params, files = {}, ...owed }: OwedMedia): Promise<void> {
    await this.write(owed, method, { ...params, ...replyParams(owed.replyTo) }, files);
  }

  /** Changes a message that was owed under `key`. Only the newest text counts; one that is not sent yet is changed in place. */
  async edit(key: string, edit: StatusEdit): Promise<void> {
    await this.change(key, edit, 'edit');
  }

  /** Changes the buttons under a message. Only the newest count. */
  async changeButtons(message: SentMessage, markup: InlineKeyboardMarkup): Promise<void> {
    await this.messages.upsertButtons(message, markup);
    await this.hurry();
  }

  /**
   * The last words of a status message. When it cannot be edited, or none was owed under `key`, they are sent as a message
   * of their own.
   */
  async conclude(key: string, address: OutboxAddress, words: StatusEdit): Promise<void> {
    if (await this.messages.stateOf(key)) await this.change(key, words, 'error');
    else await this.send({ ...address, ...words, key: `conclude:${key}`, kind: 'error' });
  }

  /** Deletes the message owed under `key` once all that was written before has been sent. */
  async remove(key: string): Promise<void> {
    if (await this.messages.dropUnsent(key)) return;
    await this.messages.insertDeletion(key);
    await this.hurry();
  }

  private async change(key: string, { text, markup }: StatusEdit, kind: 'edit' | 'error'): Promise<void> {
    const params = textParams(text, markup);
    if (await this.messages.changeUnsent(key, params)) return;
    await this.messages.upsertEdit(key, params, kind);
    await this.hurry();
  }

  private async write(
    { replyTo: _, ...owed }: Owed,
    method: string,
    params: Record<string, unknown>,
    files: Record<string, OutboxFile>,
  ): Promise<void> {
    await this.messages.insert({ lane: 'chat', ...owed, method, params, files });
    await this.hurry();
  }

  private async hurry(): Promise<void> {
    await this.events.publish(outboxWritten, null);
  }
}

function textParams(text: string, markup?: InlineKeyboardMarkup | ReplyKeyboardMarkup): Record<string, unknown> {
  return {
    text,
    parse_mode: 'HTML',
    link_preview_options: { is_disabled: true },
    // An edit without a keyboard takes the old one away.
    ...(markup ? { reply_markup: markup } : {}),
  };
}

function replyParams(messageId?: number): Record<string, unknown> {
  if (messageId === undefined) return {};
  return { reply_parameters: { message_id: messageId, allow_sending_without_reply: true } };
}
