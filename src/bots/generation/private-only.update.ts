import { Ctx, Next, Update, Use } from 'nestjs-telegraf';
import { isForOthers, type BotContext } from '../../telegram/index.js';
import { Conversation } from './conversation.js';

/** Asked first: photos and balances are nobody else's business, so in groups a command gets a word, and all else silence. */
@Update()
export class PrivateOnlyUpdate {
  constructor(private readonly conversation: Conversation) {}

  @Use()
  async guard(@Ctx() context: BotContext, @Next() next: () => Promise<void>): Promise<void> {
    if (context.chat?.type === 'private') {
      await next();
      return;
    }
    if (!isCommand(context)) return;
    await this.conversation.reply(context, {
      text: this.conversation.say(context, 'private.only', { username: context.me }),
    });
  }
}

function isCommand({ message, me }: BotContext): boolean {
  return message !== undefined && 'text' in message && message.text.startsWith('/') && !isForOthers(message, me);
}
