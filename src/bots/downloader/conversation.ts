import { Injectable } from '@nestjs/common';
import type { InlineKeyboardMarkup } from 'telegraf/types';
import type { Asker } from '../../features/downloads/index.js';
import { Database } from '../../platform/database/database.js';
import { BotTexts, Outbox, type BotContext } from '../../telegram/index.js';

/** Says the bot's words where it was spoken to. */
@Injectable()
export class Conversation {
  constructor(
    private readonly outbox: Outbox,
    private readonly texts: BotTexts,
    private readonly database: Database,
  ) {}

  /** Where many talk it is a reply, so that everybody knows to whom. */
  async reply(context: BotContext, key: string, markup?: InlineKeyboardMarkup): Promise<void> {
    const { chat, message, update } = context;
    if (!chat) return;
    const { bot } = context.state;
    await this.outbox.send({
      key: `reply:${bot}:${update.update_id}`,
      bot,
      chatId: chat.id,
      kind: 'status',
      replyTo: chat.type === 'private' ? undefined : message?.message_id,
      text: this.say(context, key),
      markup,
    });
  }

  /** Takes the spinner off a button. It may be lost: nobody is owed it. */
  async answer(context: BotContext, key?: string): Promise<void> {
    const text = key === undefined ? undefined : this.say(context, key);
    await this.database.afterCommit(() => {
      context.answerCbQuery(text).catch(() => undefined);
    });
  }

  /** Puts others in the place of the buttons that one was pressed of. */
  async changeButtons({ chat, msgId, state }: BotContext, markup: InlineKeyboardMarkup): Promise<void> {
    if (!chat || msgId === undefined) return;
    await this.outbox.changeButtons({ bot: state.bot, chatId: chat.id, messageId: msgId }, markup);
  }

  /** Who spoke or pressed, and the message that is to be answered: his own, or the one with the button. */
  askerOf({ chat, msgId, state }: BotContext): Asker | null {
    if (!chat || msgId === undefined) return null;
    const { bot, person } = state;
    return { bot, tgUserId: person.tgUserId, language: person.language, chatId: chat.id, messageId: msgId };
  }

  say({ state: { bot, person } }: BotContext, key: string): string {
    return this.texts.text(bot, key, person.language);
  }
}
