import { Action, Command, Ctx, Hears, Help, Start, Update } from 'nestjs-telegraf';
import { AudienceService } from '../../features/audience/index.js';
import { Conversation } from './conversation.js';
import { draftsIn, keepDraft, keepDrafts, type DraftContext, type DraftPress } from './draft/draft-memory.js';
import { withoutDraft } from './draft/drafts.js';
import { languageButtons } from './keyboards.js';
import { labelsOf } from './labels.js';
import { SupportContact } from './support-contact.js';

/** The menu, and what is answered with words alone. The menu itself ends what was begun. */
@Update()
export class MenuUpdate {
  constructor(
    private readonly conversation: Conversation,
    private readonly audience: AudienceService,
    private readonly support: SupportContact,
  ) {}

  @Start()
  async start(@Ctx() context: DraftContext): Promise<void> {
    await this.leaveFor(context, 'start');
  }

  @Action('menu')
  async menu(@Ctx() context: DraftContext): Promise<void> {
    await this.conversation.answer(context);
    await this.leaveFor(context, 'menu');
  }

  @Command('cancel')
  async cancel(@Ctx() context: DraftContext): Promise<void> {
    const drafts = draftsIn(context);
    if (drafts.current) keepDrafts(context, withoutDraft(drafts, drafts.current.id));
    // Who wants to stop videos that are being made must not believe that he has.
    const word = drafts.current ? 'dropped' : 'dropped.nothing';
    await this.conversation.replyWithMenu(context, this.conversation.say(context, word));
  }

  @Help()
  async help(@Ctx() context: DraftContext): Promise<void> {
    await this.conversation.reply(context, { text: this.conversation.say(context, 'help') });
  }

  @Hears(labelsOf('menu.support'))
  async showSupport(@Ctx() context: DraftContext): Promise<void> {
    const say = (key: string, variables = {}) => this.conversation.say(context, key, variables);
    await this.conversation.reply(context, { text: this.support.words(say, 'support', 'support.none') });
  }

  @Command('lang')
  @Hears(labelsOf('menu.language'))
  async language(@Ctx() context: DraftContext): Promise<void> {
    const text = this.conversation.say(context, 'lang');
    await this.conversation.reply(context, { text, markup: languageButtons() });
  }

  @Action(/^lang:(ru|en)$/)
  async chooseLanguage(@Ctx() context: DraftPress): Promise<void> {
    const { bot, person } = context.state;
    person.language = context.match[1] === 'ru' ? 'ru' : 'en';
    await this.audience.chooseLanguage(bot, person.tgUserId, person.language);
    await this.conversation.answer(context);
    await this.conversation.replyWithMenu(context, this.conversation.say(context, 'lang.chosen'));
  }

  private async leaveFor(context: DraftContext, key: string): Promise<void> {
    keepDraft(context, null);
    await this.conversation.replyWithMenu(context, this.conversation.say(context, key));
  }
}
