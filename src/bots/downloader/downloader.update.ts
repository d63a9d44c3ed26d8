import { Action, Command, Ctx, Help, On, Start, Update } from 'nestjs-telegraf';
import { AudienceService } from '../../features/audience/index.js';
import { DownloadsService, findLinks, type RequestOptions } from '../../features/downloads/index.js';
import { isForOthers, spokenIn, type BotContext } from '../../telegram/index.js';
import { Conversation } from './conversation.js';

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
    private readonly conversation: Conversation,
  ) {}

  @Start()
  async start(@Ctx() context: BotContext): Promise<void> {
    await this.conversation.reply(context, 'start');
  }

  @Help()
  async help(@Ctx() context: BotContext): Promise<void> {
    await this.conversation.reply(context, 'help');
  }

  @Command('lang')
  async language(@Ctx() context: BotContext): Promise<void> {
    const buttons = LANGUAGES.map(([code, text]) => ({ text, callback_data: `lang:${code}` }));
    await this.conversation.reply(context, 'lang', { inline_keyboard: [buttons] });
  }

  @Action(/^lang:(ru|en)$/)
  async chooseLanguage(@Ctx() context: BotContext & { match: RegExpExecArray }): Promise<void> {
    const { bot, person } = context.state;
    person.language = context.match[1] === 'ru' ? 'ru' : 'en';
    await this.audience.chooseLanguage(bot, person.tgUserId, person.language);
    await this.conversation.answer(context);
    await this.conversation.reply(context, 'lang.chosen');
  }

  @Command('audio')
  async audio(@Ctx() context: BotContext): Promise<void> {
    await this.download(context, { quality: 'best', kind: 'audio' }, 'audio.usage');
  }

  @On('message')
  async message(@Ctx() context: BotContext): Promise<void> {
    if (!context.message || isForOthers(context.message, context.me)) return;
    const isPrivate = context.chat?.type === 'private';
    await this.download(context, { quality: 'best', kind: 'video' }, isPrivate ? 'send.link' : null);
  }

  /** @param hint what is said when there is no link; null: nothing */
  private async download(context: BotContext, options: RequestOptions, hint: string | null): Promise<void> {
    const asker = this.conversation.askerOf(context);
    if (!context.message || !asker) return;
    const { text, entities } = spokenIn(context.message);
    const links = findLinks(text, entities);
    if (links.length === 0 && hint !== null) await this.conversation.reply(context, hint);
    const unsupported = await this.downloads.ask(asker, links.slice(0, MOST_LINKS), options);
    // In a group links go by that are meant for people.
    const isMeant = context.chat?.type === 'private' || options.kind === 'audio';
    if (unsupported.length > 0 && isMeant) await this.conversation.reply(context, 'link.unsupported');
  }
}
