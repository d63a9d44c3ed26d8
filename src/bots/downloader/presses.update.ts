import { Action, Ctx, Update } from 'nestjs-telegraf';
import { DownloadChoices, DownloadsService, type RequestOptions } from '../../features/downloads/index.js';
import type { BotContext } from '../../telegram/index.js';
import { choiceButtons, heightButtons } from './choice-buttons.js';
import { Conversation } from './conversation.js';

type PressContext = BotContext & { match: RegExpExecArray };

const REQUEST = '([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})';

/** The buttons under a status and under a video. Of the first only the asker may press, of the second whoever sees it. */
@Update()
export class PressesUpdate {
  constructor(
    private readonly downloads: DownloadsService,
    private readonly choices: DownloadChoices,
    private readonly conversation: Conversation,
  ) {}

  @Action(new RegExp(`^cancel:${REQUEST}$`))
  async cancel(@Ctx() context: PressContext): Promise<void> {
    const outcome = await this.downloads.cancel(requestOf(context), context.state.person.tgUserId);
    await this.conversation.answer(context, outcome === 'done' ? undefined : `cancel.${outcome}`);
  }

  @Action(new RegExp(`^quality:${REQUEST}$`))
  async showHeights(@Ctx() context: PressContext): Promise<void> {
    const requestId = requestOf(context);
    const heights = await this.choices.heightsOf(requestId);
    if (heights) {
      const buttons = heightButtons((key) => this.conversation.say(context, key), requestId, heights);
      await this.conversation.changeButtons(context, buttons);
    }
    await this.conversation.answer(context, heights ? undefined : 'choice.forgotten');
  }

  @Action(new RegExp(`^back:${REQUEST}$`))
  async goBack(@Ctx() context: PressContext): Promise<void> {
    const buttons = choiceButtons((key) => this.conversation.say(context, key), requestOf(context));
    await this.conversation.changeButtons(context, buttons);
    await this.conversation.answer(context);
  }

  @Action(new RegExp(`^q:${REQUEST}:(\\d{2,4})$`))
  async chooseHeight(@Ctx() context: PressContext): Promise<void> {
    await this.ask(context, { quality: context.match[2] ?? 'best', kind: 'video' });
  }

  @Action(new RegExp(`^audio:${REQUEST}$`))
  async chooseAudio(@Ctx() context: PressContext): Promise<void> {
    await this.ask(context, { quality: 'best', kind: 'audio' });
  }

  private async ask(context: PressContext, options: RequestOptions): Promise<void> {
    const asker = this.conversation.askerOf(context);
    if (!asker) return;
    const outcome = await this.choices.ask(asker, requestOf(context), options);
    await this.conversation.answer(context, outcome === 'done' ? undefined : `choice.${outcome}`);
  }
}

function requestOf({ match }: PressContext): string {
  return match[1] ?? '';
}
