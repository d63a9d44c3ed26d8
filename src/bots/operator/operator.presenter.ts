import { Injectable } from '@nestjs/common';
import { AudienceService } from '../../features/audience/index.js';
import { plainText } from '../../features/bot-messages/index.js';
import { AlertsFrontend, type Alert } from '../../features/ops/index.js';
import { BotTexts, Outbox, type Language } from '../../telegram/index.js';
import { AdminChats } from './admin-chats.js';
import { AlertWords } from './alert-words.js';

const LANE = 'alerts';

/** Tells the admin chats of alerts. */
@Injectable()
export class OperatorPresenter extends AlertsFrontend {
  constructor(
    private readonly admins: AdminChats,
    private readonly audience: AudienceService,
    private readonly outbox: Outbox,
    private readonly texts: BotTexts,
  ) {
    super();
  }

  canTell(): boolean {
    return this.admins.bot !== undefined && this.admins.ids.length > 0;
  }

  async tell(alert: Alert): Promise<void> {
    await this.toEach(async (bot, chatId, words) => {
      await this.outbox.send({
        key: keyOf(alert, chatId),
        bot,
        chatId,
        lane: LANE,
        kind: 'notice',
        text: words.message(alert),
        markup: words.buttons(alert),
      });
    });
  }

  async resolved(alert: Alert): Promise<void> {
    await this.show(alert);
    await this.toEach(async (bot, chatId, words) => {
      const key = `alert:${alert.id}:resolved:${chatId}`;
      await this.outbox.send({ key, bot, chatId, lane: LANE, kind: 'notice', text: words.resolved(alert) });
    });
  }

  async show(alert: Alert): Promise<void> {
    await this.toEach(async (_bot, chatId, words) => {
      const edit = { text: words.message(alert), markup: words.buttons(alert) };
      await this.outbox.edit(keyOf(alert, chatId), edit);
    });
  }

  words(alert: Alert): { en: string; ru: string } {
    const inLanguage = (language: Language) => plainText(this.wordsIn(language).raised(alert));
    return { en: inLanguage('en'), ru: inLanguage('ru') };
  }

  private async toEach(say: (bot: string, chatId: number, words: AlertWords) => Promise<void>): Promise<void> {
    const { bot } = this.admins;
    if (bot === undefined) return;
    for (const chatId of this.admins.ids) {
      const language = (await this.audience.languageOf(bot, chatId)) ?? 'en';
      await say(bot, chatId, this.wordsIn(language));
    }
  }

  /** Any bot knows these words, so that they can be read while there is none that could say them. */
  private wordsIn(language: Language): AlertWords {
    return new AlertWords(this.texts, this.admins.bot ?? '', language);
  }
}

function keyOf({ id, tellings }: Alert, chatId: number): string {
  return `alert:${id}:${tellings}:${chatId}`;
}
