import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Update, User } from 'telegraf/types';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { TokenBuckets } from '../../platform/redis/token-bucket.js';
import { BotRegistry } from '../bots/bot-registry.js';
import { Outbox } from '../outbox/outbox.js';
import { Audience, type Person } from '../ports/audience.js';
import { BotTexts } from '../ports/texts.js';
import { telegramConfig, type TelegramConfig } from '../telegram.config.js';
import { isLimited } from './is-limited.js';
import { factsOf } from './update-facts.js';
import { UpdateStates } from './update-states.js';

const POLITE_WORD_EVERY_MS = 30_000;

/** Lets one update through the gate to its bot. Runs inside the transaction that ends the update. */
@Injectable()
export class UpdateHandler {
  private readonly logger = new Logger(UpdateHandler.name);

  constructor(
    @Inject(telegramConfig.key) private readonly config: TelegramConfig,
    private readonly registry: BotRegistry,
    private readonly states: UpdateStates,
    private readonly audience: Audience,
    private readonly texts: BotTexts,
    private readonly outbox: Outbox,
    private readonly buckets: TokenBuckets,
    private readonly clock: Clock,
    private readonly database: Database,
  ) {}

  async handle(bot: string, update: Update): Promise<void> {
    const { user, chatId } = factsOf(update);
    if (!user || user.is_bot) return;
    const person = await this.audience.seen(bot, user);
    if ('my_chat_member' in update) await this.noteMembership(bot, chatId, update.my_chat_member);
    if (person.banned) return;
    const { telegraf } = this.registry.get(bot);
    if (isLimited(update, telegraf.botInfo?.username) && (await this.isTooFast(bot, person))) {
      await this.askToSlowDown(bot, update, person);
      return;
    }
    this.states.set(update, { bot, person });
    await telegraf.handleUpdate(update);
  }

  /** Tells the sender what went wrong: the words of the error's code, or a neutral one. */
  async apologise(bot: string, update: Update, error: unknown): Promise<void> {
    const { user, chatId } = factsOf(update);
    if (!user || chatId === 0) return;
    const person = await this.audience.seen(bot, user);
    const { code, context } = error instanceof DomainError ? error : { code: 'internal', context: {} };
    const variables = Object.fromEntries(Object.entries(context).map(([name, value]) => [name, String(value)]));
    await this.outbox.send({
      key: `error:${bot}:${update.update_id}`,
      bot,
      chatId,
      kind: 'error',
      text: this.texts.text(bot, this.texts.errorKey(bot, code), person.language, variables),
    });
  }

  private async noteMembership(
    bot: string,
    chatId: number,
    { from, new_chat_member: { status } }: { from: User; new_chat_member: { status: string } },
  ): Promise<void> {
    if (chatId === from.id) await this.audience.blockedBot(bot, from.id, status === 'kicked');
  }

  private async isTooFast(bot: string, { tgUserId }: Person): Promise<boolean> {
    const { ratePerSec, rateBurst } = this.config;
    if (ratePerSec === 0) return false;
    try {
      const bucket = { key: `update:${bot}:${tgUserId}`, perSecond: ratePerSec, burst: Math.max(1, rateBurst) };
      return (await this.buckets.take(bucket)) > 0;
    } catch (error) {
      this.logger.warn({ err: error }, 'The rate limit is out of reach: letting updates through');
      return false;
    }
  }

  /** Said once in a while, so that a flood is not answered with one, and never in a group; a press has its own answer. */
  private async askToSlowDown(bot: string, update: Update, { tgUserId, language }: Person): Promise<void> {
    const text = this.texts.text(bot, 'error.too_fast', language);
    if ('callback_query' in update) {
      await this.answerPress(bot, update.callback_query.id, text);
      return;
    }
    const { chatId } = factsOf(update);
    if (chatId !== tgUserId) return;
    const window = Math.floor(this.clock.now().getTime() / POLITE_WORD_EVERY_MS);
    await this.outbox.send({
      key: `slow:${bot}:${tgUserId}:${window}`,
      bot,
      chatId,
      kind: 'notice',
      text,
    });
  }

  /** Takes the spinner off the button. It may be lost: nobody is owed it. */
  private async answerPress(bot: string, pressId: string, text: string): Promise<void> {
    await this.database.afterCommit(() => {
      this.registry
        .get(bot)
        .telegraf.telegram.answerCbQuery(pressId, text)
        .catch(() => undefined);
    });
  }
}
