import { Injectable, Logger } from '@nestjs/common';
import { Audience } from '../ports/audience.js';
import { BotApiCall } from './bot-api-call.js';
import { ClaimsRepository, type ClaimedMessage, type Settled } from './claims.repository.js';
import { FloodControl } from './flood-control.js';
import { outcomeOf, repeatAfterMs, type Outcome } from './outcome.js';

const EDIT_ATTEMPTS = 5;

/** Takes one claimed message to its end, or back to where it waits. */
@Injectable()
export class Delivery {
  private readonly logger = new Logger(Delivery.name);

  constructor(
    private readonly claims: ClaimsRepository,
    private readonly api: BotApiCall,
    private readonly flood: FloodControl,
    private readonly audience: Audience,
  ) {}

  async deliver(message: ClaimedMessage): Promise<void> {
    const waitMs = await this.flood.waitMs(message);
    if (waitMs > 0) {
      await this.claims.release(message, waitMs, { countsAsAttempt: false });
      return;
    }
    const settled = await this.attempt(message);
    if (settled) await this.claims.settle(message, settled);
  }

  /** The sender of a message has died in the middle of the call. */
  async afterLostSender(message: ClaimedMessage): Promise<void> {
    const settled = await this.follow(message, { kind: 'unknown', reason: 'The sending process has died' });
    if (settled) await this.claims.settle(message, settled);
  }

  private async attempt(message: ClaimedMessage): Promise<Settled | null> {
    const params = await this.paramsOf(message);
    if (!params) return { state: 'dropped' };
    try {
      const result = await this.api.make(message, params);
      return { state: 'sent', result, messageId: typeof result === 'object' ? result.message_id : undefined };
    } catch (error) {
      return this.follow(message, outcomeOf(error, message.attempts));
    }
  }

  /** The parameters, with the id of the message they are about; null when there is nothing to edit or delete. */
  private async paramsOf(message: ClaimedMessage): Promise<Record<string, unknown> | null> {
    if (message.targetKey === null) return message.params;
    const messageId = (await this.claims.target(message))?.messageId;
    if (messageId) return { ...message.params, message_id: messageId };
    if (message.kind !== 'error') return null;
    message.method = 'sendMessage';
    return message.params;
  }

  private async follow(message: ClaimedMessage, outcome: Outcome): Promise<Settled | null> {
    switch (outcome.kind) {
      case 'hold':
        await this.flood.hold(message.bot, message.chatId, outcome.afterMs);
        await this.claims.release(message, outcome.afterMs, { countsAsAttempt: false });
        return null;
      case 'retry':
        if (message.kind === 'edit' && message.attempts >= EDIT_ATTEMPTS) return { state: 'dropped' };
        this.logger.warn({ key: message.key, reason: outcome.reason }, 'A message could not be sent, trying again');
        await this.claims.release(message, outcome.afterMs, { countsAsAttempt: true });
        return null;
      case 'moved':
        await this.claims.moveChat(message.bot, message.chatId, outcome.chatId);
        await this.claims.release(message, 0, { countsAsAttempt: true });
        return null;
      case 'unknown':
        return this.afterUnknown(message, outcome.reason);
      case 'moot':
        return { state: 'sent' };
      case 'gone':
        return message.kind === 'error' ? this.sendInstead(message) : { state: 'dropped', error: outcome.reason };
      case 'badMarkup':
        return this.sendPlain(message);
      case 'blocked':
        if (message.chatId > 0) await this.audience.blockedBot(message.bot, message.chatId, true);
        return { state: 'failed', errorCode: outcome.code, error: outcome.reason };
      case 'failed':
        this.logger.warn({ key: message.key, reason: outcome.reason }, 'Telegram has refused a message');
        return { state: 'failed', errorCode: outcome.code, error: outcome.reason };
    }
  }

  private async afterUnknown(message: ClaimedMessage, reason: string): Promise<Settled | null> {
    const afterMs = repeatAfterMs(message.kind, message.unknowns);
    this.logger.warn(
      { key: message.key, reason, repeated: afterMs !== null },
      'Nobody knows whether a message arrived',
    );
    if (afterMs === null) return { state: 'unknown', error: reason };
    await this.claims.repeat(message, afterMs);
    return null;
  }

  private async sendInstead(message: ClaimedMessage): Promise<Settled | null> {
    message.method = 'sendMessage';
    return this.sendOnceMore(message, message.params);
  }

  /** Our markup should never be wrong; when it is, the words still arrive. */
  private async sendPlain(message: ClaimedMessage): Promise<Settled | null> {
    const { parse_mode: _, ...params } = (await this.paramsOf(message)) ?? {};
    return this.sendOnceMore(message, params);
  }

  private async sendOnceMore(message: ClaimedMessage, params: Record<string, unknown>): Promise<Settled | null> {
    try {
      const result = await this.api.make(message, params);
      return { state: 'sent', result, messageId: typeof result === 'object' ? result.message_id : undefined };
    } catch (error) {
      const outcome = outcomeOf(error, message.attempts);
      if (outcome.kind === 'badMarkup' || outcome.kind === 'gone') {
        return { state: 'failed', errorCode: 400, error: outcome.kind };
      }
      return this.follow(message, outcome);
    }
  }
}
