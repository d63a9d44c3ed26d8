import { Command, Ctx, Help, On, Start, Update, Action } from 'nestjs-telegraf';
import { AudienceService } from '../../features/audience/index.js';
import { DownloadsService, findLinks } from '../../features/downloads/index.js';
import { Database } from '../../platform/database/database.js';
import { BotTexts, Outbox, type BotContext } from '../../telegram/index.js';

const LANGUAGES = [
  ['en', 'English'],
  ['ru', 'Русский'],
] as const;

/** Of one message; more is hardly meant. */
const MOST_LINKS = 10;

/** What people say to the downloader bot. */
@Update()
export class DownloaderUpdate {
  constructor(
    private readonly downloads: DownloadsService,
    private readonly audience: AudienceService,
    private readonly outbox: Outbox,
    private readonly texts: BotTexts,
    private readonly database: Database,
  ) {}

  @Start()
  async start(@Ctx() context: BotContext): Promise<void> {
    await this.reply(context, 'start');
  }

  @Help()
  async help(@Ctx() context: BotContext): Promise<void> {
    await this.reply(context, 'help');
  }

  @Command('lang')
  async language(@Ctx() context: BotContext): Promise<void> {
    const buttons = LANGUAGES.map(([code, text]) => ({ text, callback_data: `lang:${code}` }));
    await this.reply(context, 'lang', { inline_keyboard: [buttons] });
  }

  @Action(/^lang:(ru|en)$/)
  async chooseLanguage(@Ctx() context: BotContext & { match: RegExpExecArray }): Promise<void> {
    const { bot, person } = context.state;
    person.language = context.match[1] === 'ru' ? 'ru' : 'en';
    await this.audience.chooseLanguage(bot, person.tgUserId, person.language);
    await this.answer(context);
    await this.reply(context, 'lang.chosen');
  }

  @Action(/^cancel:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/)
  async cancel(@Ctx() context: BotContext & { match: RegExpExecArray }): Promise<void> {
    const { person } = context.state;
    const outcome = await this.downloads.cancel(context.match[1] ?? '', person.tgUserId);
    await this.answer(context, outcome === 'done' ? undefined : `cancel.${outcome}`);
  }

  @On('message')
  async message(@Ctx() context: BotContext): Promise<void> {
    const { message, chat } = context;
    if (!message || !chat) return;
    const text = 'text' in message ? message.text : 'caption' in message ? (message.caption ?? '') : '';
    const entities =
      'entities' in message ? message.entities : 'caption_entities' in message ? message.caption_entities : [];
    const links = findLinks(text, entities);
    if (links.length === 0 && chat.type === 'private') await this.reply(context, 'send.link');
    const { bot, person } = context.state;
    const asker = {
      bot,
      tgUserId: person.tgUserId,
      language: person.language,
      chatId: chat.id,
      messageId: message.message_id,
    };
    const unsupported = await this.downloads.ask(asker, links.slice(0, MOST_LINKS));
    if (unsupported.length > 0 && chat.type === 'private') await this.reply(context, 'link.unsupported');
  }

  private async reply(context: BotContext, key: string, markup?: { inline_keyboard: object[][] }): Promise<void> {
    const { bot, person } = context.state;
    if (!context.chat) return;
    await this.outbox.send({
      key: `reply:${bot}:${context.update.update_id}`,
      bot,
      chatId: context.chat.id,
      kind: 'status',
      text: this.texts.text(bot, key, person.language),
      markup: markup as never,
    });
  }

  /** Takes the spinner off a button. It may be lost: nobody is owed it. */
  private async answer(context: BotContext, key?: string): Promise<void> {
    const { bot, person } = context.state;
    const text = key === undefined ? undefined : this.texts.text(bot, key, person.language);
    await this.database.afterCommit(() => {
      context.answerCbQuery(text).catch(() => undefined);
    });
  }
}
