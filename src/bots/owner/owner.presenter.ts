import { Injectable, Logger } from '@nestjs/common';
import { AudienceService } from '../../features/audience/index.js';
import {
  NotificationsFrontend,
  wordVariables,
  type LinkedChat,
  type Notification,
  type TelegramLink,
} from '../../features/notifications/index.js';
import { BotRegistry, BotTexts, introduce, Outbox, type Language } from '../../telegram/index.js';
import { AdminChats } from '../operator/admin-chats.js';

const LANE = 'notifications';
const ASK_TELEGRAM_MS = 5_000;

/** Tells owners in their linked chats, each in the language that the bot speaks with him. */
@Injectable()
export class OwnerPresenter extends NotificationsFrontend {
  private readonly logger = new Logger(OwnerPresenter.name);

  constructor(
    private readonly admins: AdminChats,
    private readonly bots: BotRegistry,
    private readonly audience: AudienceService,
    private readonly outbox: Outbox,
    private readonly texts: BotTexts,
  ) {
    super();
  }

  /** The bot that also speaks to the operator. */
  get linkingBot(): string | undefined {
    return this.admins.bot;
  }

  /** Processes that handle no updates do not know it from the start. */
  async usernameOf(name: string): Promise<string | undefined> {
    const bot = this.configured(name);
    if (!bot) return undefined;
    try {
      return await introduce(bot, AbortSignal.timeout(ASK_TELEGRAM_MS));
    } catch (error) {
      this.logger.warn({ err: error, bot: name }, 'A bot could not be asked for its name');
      return undefined;
    }
  }

  async tell(chat: LinkedChat, { id, event, params }: Notification): Promise<void> {
    await this.say(chat, `notification:${id}`, (language) =>
      this.texts.text(chat.bot, `notification.${event}`, language, wordVariables(params, language)),
    );
  }

  async unlinked(link: TelegramLink): Promise<void> {
    const key = `unlinked:${link.userId}:${link.linkedAt.getTime()}`;
    await this.say(link, key, (language) => this.texts.text(link.bot, 'owner.unlinked', language));
  }

  /** Says nothing where the bot of the link is gone. */
  private async say(
    { bot, chatId, tgUserId }: LinkedChat,
    key: string,
    words: (language: Language) => string,
  ): Promise<void> {
    if (!this.configured(bot)) return;
    const language = (await this.audience.languageOf(bot, tgUserId)) ?? 'en';
    await this.outbox.send({ key, bot, chatId, lane: LANE, kind: 'notice', text: words(language) });
  }

  private configured(name: string) {
    return this.bots.configured().find((bot) => bot.name === name);
  }
}
