import { Command, Ctx, Next, Start, Update } from 'nestjs-telegraf';
import { TelegramLinks } from '../../features/notifications/index.js';
import { BotTexts, Outbox, type BotContext } from '../../telegram/index.js';
import { linkCodeOf } from './link-code.js';

/** What the owner of an account says to any bot. Everything else is for the bot's own conversation. */
@Update()
export class OwnerUpdate {
  constructor(
    private readonly links: TelegramLinks,
    private readonly outbox: Outbox,
    private readonly texts: BotTexts,
  ) {}

  @Start()
  async link(@Ctx() context: BotContext & { payload: string }, @Next() next: () => Promise<void>): Promise<void> {
    const { chat, state, payload } = context;
    const code = linkCodeOf(payload);
    if (!chat || code === undefined) {
      await next();
      return;
    }
    const { bot, person } = state;
    const attempt = `${bot}:${context.update.update_id}`;
    if (chat.type !== 'private') {
      await this.links.spoil(code, attempt);
      await this.reply(context, chat.id, 'owner.private_only');
      return;
    }
    const from = { bot, tgUserId: person.tgUserId, chatId: chat.id };
    const isLinked = await this.links.redeem(code, attempt, from);
    await this.reply(context, chat.id, isLinked ? 'owner.linked' : 'owner.code_unknown');
  }

  @Command('unlink')
  async unlink(@Ctx() context: BotContext, @Next() next: () => Promise<void>): Promise<void> {
    const { chat, state } = context;
    if (chat?.type !== 'private') {
      await next();
      return;
    }
    const wasLinked = await this.links.unlinkPerson(state.person.tgUserId);
    await this.reply(context, chat.id, wasLinked ? 'owner.unlinked' : 'owner.not_linked');
  }

  private async reply({ state, update }: BotContext, chatId: number, key: string): Promise<void> {
    const { bot, person } = state;
    await this.outbox.send({
      key: `reply:${bot}:${update.update_id}`,
      bot,
      chatId,
      kind: 'status',
      text: this.texts.text(bot, key, person.language),
    });
  }
}
