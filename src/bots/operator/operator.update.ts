import { Action, Command, Ctx, Next, Update } from 'nestjs-telegraf';
import { AlertActions, Alerts } from '../../features/ops/index.js';
import { Database } from '../../platform/database/database.js';
import { BotTexts, Outbox, type BotContext } from '../../telegram/index.js';
import { AdminChats } from './admin-chats.js';
import { AlertWords } from './alert-words.js';

/** As many as one message surely holds. */
const MOST_LISTED = 20;

/** What the operator says to his bot. In all other chats it is as if this conversation were not there. */
@Update()
export class OperatorUpdate {
  constructor(
    private readonly admins: AdminChats,
    private readonly alerts: Alerts,
    private readonly actions: AlertActions,
    private readonly outbox: Outbox,
    private readonly texts: BotTexts,
    private readonly database: Database,
  ) {}

  @Command('alerts')
  async list(@Ctx() context: BotContext, @Next() next: () => Promise<void>): Promise<void> {
    const { chat, state } = context;
    if (!chat || !this.admins.has(chat.id)) {
      await next();
      return;
    }
    await this.outbox.send({
      key: `reply:${state.bot}:${context.update.update_id}`,
      bot: state.bot,
      chatId: chat.id,
      kind: 'status',
      text: await this.openAlerts(context),
    });
  }

  @Action(/^alert:(\d{1,15}):([a-z0-9_.]+)$/)
  async press(@Ctx() context: BotContext & { match: RegExpExecArray }): Promise<void> {
    if (!this.admins.has(context.chat?.id)) {
      await this.answer(context);
      return;
    }
    const [, id, action = ''] = context.match;
    const presser = { actor: `telegram:${context.state.person.tgUserId}`, name: context.from?.first_name ?? '' };
    const outcome = await this.actions.press(Number(id), action, presser);
    await this.answer(context, outcome === 'done' ? undefined : `alert.press.${outcome}`);
  }

  private async openAlerts({ state: { bot, person } }: BotContext): Promise<string> {
    const [alerts, total] = await this.alerts.open(MOST_LISTED);
    if (total === 0) return this.texts.text(bot, 'alerts.none', person.language);
    const words = new AlertWords(this.texts, bot, person.language);
    const lines = alerts.map((alert) => words.raised(alert));
    const more = total - alerts.length;
    if (more > 0) lines.push(this.texts.text(bot, 'alerts.more', person.language, { count: more }));
    return lines.join('\n\n');
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
