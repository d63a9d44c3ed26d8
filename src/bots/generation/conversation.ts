import { Injectable } from '@nestjs/common';
import type { InlineKeyboardMarkup, ReplyKeyboardMarkup } from 'telegraf/types';
import { Database } from '../../platform/database/database.js';
import { BotTexts, Outbox, type BotContext, type TextVariables } from '../../telegram/index.js';
import { menuKeyboard } from './keyboards.js';

export interface Reply {
  /** Telegram HTML. */
  text: string;
  markup?: InlineKeyboardMarkup | ReplyKeyboardMarkup;
}

/** Says the bot's words where it was spoken to. */
@Injectable()
export class Conversation {
  constructor(
    private readonly outbox: Outbox,
    private readonly texts: BotTexts,
    private readonly database: Database,
  ) {}

  async reply({ chat, update, state: { bot } }: BotContext, reply: Reply): Promise<void> {
    if (!chat) return;
    const key = `reply:${bot}:${update.update_id}`;
    await this.outbox.send({ key, bot, chatId: chat.id, kind: 'status', ...reply });
  }

  /** With the menu's buttons in the place of the keyboard. */
  async replyWithMenu(context: BotContext, text: string): Promise<void> {
    await this.reply(context, { text, markup: menuKeyboard((key) => this.say(context, key)) });
  }

  /** Takes the spinner off a button, with a word or without. It may be lost: nobody is owed it. */
  async answer(context: BotContext, key?: string): Promise<void> {
    const text = key === undefined ? undefined : this.say(context, key);
    await this.database.afterCommit(() => {
      context.answerCbQuery(text).catch(() => undefined);
    });
  }

  say({ state: { bot, person } }: BotContext, key: string, variables?: TextVariables): string {
    return this.texts.text(bot, key, person.language, variables);
  }
}
