import { Action, Command, Ctx, Hears, Update } from 'nestjs-telegraf';
import { Ledger } from '../../../features/credits/index.js';
import { Generation } from '../../../features/generation/index.js';
import { OperatorCalendar } from '../../../features/ops/index.js';
import type { BotContext, TextVariables } from '../../../telegram/index.js';
import { Conversation } from '../conversation.js';
import { credits } from '../counted.js';
import { inlineKeyboard, pagerRow } from '../keyboards.js';
import { labelsOf } from '../labels.js';
import { SupportContact } from '../support-contact.js';
import { receiptLine, shortDay } from './receipt-words.js';
import { videoButtons, videoLine } from './video-words.js';

type PressContext = BotContext & { match: RegExpExecArray };

const RECEIPT_LINES = 10;
const VIDEOS = 5;

/** What a person has: credits, and videos. */
@Update()
export class AccountUpdate {
  constructor(
    private readonly conversation: Conversation,
    private readonly generation: Generation,
    private readonly ledger: Ledger,
    private readonly calendar: OperatorCalendar,
    private readonly support: SupportContact,
  ) {}

  @Command('balance')
  @Hears(labelsOf('menu.balance'))
  async balance(@Ctx() context: BotContext): Promise<void> {
    await this.showBalance(context, 1);
  }

  @Action(/^balance:(\d{1,4})$/)
  async turnReceipt(@Ctx() context: PressContext): Promise<void> {
    await this.conversation.answer(context);
    await this.showBalance(context, pageOf(context));
  }

  @Command('videos')
  @Hears(labelsOf('menu.videos'))
  async videos(@Ctx() context: BotContext): Promise<void> {
    await this.showVideos(context, 1);
  }

  @Action(/^videos:(\d{1,4})$/)
  async turnVideos(@Ctx() context: PressContext): Promise<void> {
    await this.conversation.answer(context);
    await this.showVideos(context, pageOf(context));
  }

  @Action(/^video:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/)
  async sendAgain(@Ctx() context: PressContext): Promise<void> {
    const { bot, person } = context.state;
    const key = `video-again:${bot}:${context.update.update_id}`;
    const isThere = await this.generation.sendAgain(person.tgUserId, context.match[1] ?? '', key);
    await this.conversation.answer(context, isThere ? undefined : 'videos.gone');
  }

  private async showBalance(context: BotContext, page: number): Promise<void> {
    const { tgUserId, language } = context.state.person;
    const owner = { ownerKind: 'tg_user', ownerId: String(tgUserId) } as const;
    const { available, held } = await this.ledger.balance(owner);
    const [entries, total] = await this.ledger.receipt(owner, { page, pageSize: RECEIPT_LINES });
    const say = this.sayIn(context);
    const lines = entries.map((entry) => receiptLine(entry, this.dayIn(context, entry.createdAt), say));
    const text = [
      say('balance', { available: credits(available, language) }),
      ...(held > 0 ? [say('balance.held', { held: credits(held, language) })] : []),
      '',
      ...(lines.length > 0 ? [say('balance.receipt'), ...lines, ''] : []),
      this.support.words(say, 'top_up.contact', 'top_up.none'),
    ].join('\n');
    const rows = [...this.support.topUpRows(say), pagerRow(say, 'balance', page, Math.ceil(total / RECEIPT_LINES))];
    await this.conversation.reply(context, { text, markup: inlineKeyboard(rows) });
  }

  private async showVideos(context: BotContext, page: number): Promise<void> {
    const { tgUserId } = context.state.person;
    const [jobs, total] = await this.generation.videosOf(tgUserId, { page, pageSize: VIDEOS });
    const say = this.sayIn(context);
    if (jobs.length === 0) {
      await this.conversation.reply(context, { text: say('videos.none') });
      return;
    }
    const first = (page - 1) * VIDEOS + 1;
    const lines = jobs.map((job, index) => videoLine(job, first + index, this.dayIn(context, job.createdAt), say));
    const rows = [videoButtons(jobs, first), pagerRow(say, 'videos', page, Math.ceil(total / VIDEOS))];
    const text = [say('videos'), '', ...lines].join('\n');
    await this.conversation.reply(context, { text, markup: inlineKeyboard(rows) });
  }

  private dayIn(context: BotContext, moment: Date): string {
    return shortDay(this.calendar.dayOf(moment), context.state.person.language);
  }

  private sayIn(context: BotContext) {
    return (key: string, variables?: TextVariables) => this.conversation.say(context, key, variables);
  }
}

function pageOf({ match }: PressContext): number {
  return Math.max(1, Number(match[1]));
}
