import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { isDatabaseAway } from '../../platform/database/is-database-away.js';
import { Drain } from '../../platform/queue/drain.js';
import { Audience } from '../ports/audience.js';
import { BotApiCall, type Call } from './bot-api-call.js';
import { ClaimsRepository, type ClaimedMessage } from './claims.repository.js';
import { FloodControl } from './flood-control.js';
import { outcomeOf, repeatAfterMs, type Outcome } from './outcome.js';

const EDIT_ATTEMPTS = 5;
/** A server that answers with errors for as long as this will not take the message any more. */
const GIVE_UP_AFTER_MS = 24 * 3_600_000;
const DATABASE_RETRY_MS = 1_000;

/** Takes one claimed message to its end, or back to where it waits. */
@Injectable()
export class Delivery {
  private readonly logger = new Logger(Delivery.name);

  constructor(
    private readonly claims: ClaimsRepository,
    private readonly api: BotApiCall,
    private readonly flood: FloodControl,
    private readonly audience: Audience,
    private readonly clock: Clock,
    private readonly drain: Drain,
  ) {}

  async deliver(message: ClaimedMessage): Promise<void> {
    const waitMs = await this.flood.waitMs(message);
    if (waitMs > 0) {
      await this.insist(() => this.claims.release(message, waitMs, { countsAsAttempt: false }));
      return;
    }
    const outcome = await this.attempt(message);
    await this.insist(() => this.follow(message, outcome));
  }

  /** The sender of a message has died in the middle of the call. */
  async afterLostSender(message: ClaimedMessage): Promise<void> {
    await this.follow(message, { kind: 'unknown', reason: 'The sending process has died' });
  }

  /**
   * A database that is away for a while must not cost Telegram's answer: the sender keeps it, and the claim is kept alive
   * meanwhile. At the end of the process it is given up.
   */
  private async insist<T>(work: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (!isDatabaseAway(error)) throw error;
        this.logger.warn({ err: error }, 'The database is away: the outcome of a call waits for it');
        await this.clock.delay(DATABASE_RETRY_MS, this.drain.signal);
      }
    }
  }

  /** Makes the call; once more in another way when that is what the first answer asks for. */
  private async attempt(message: ClaimedMessage): Promise<Outcome> {
    const call = await this.insist(() => this.callOf(message));
    if (!call) return { kind: 'pointless' };
    const outcome = await this.make(message, call);
    if (outcome.kind === 'gone' && message.kind === 'error') return this.make(message, asNewMessage(message));
    // Our markup should never be wrong; when it is, the words still arrive.
    if (outcome.kind === 'badMarkup') return this.make(message, asPlainText(call));
    return outcome;
  }

  /** The call, with the id of the message it is about; null when there is nothing to edit or delete. */
  private async callOf(message: ClaimedMessage): Promise<Call | null> {
    const { method, params, targetKey, kind } = message;
    if (targetKey === null) return { method, params };
    const messageId = (await this.claims.target(message))?.messageId;
    if (messageId) return { method, params: { ...params, message_id: messageId } };
    return kind === 'error' ? asNewMessage(message) : null;
  }

  private async make(message: ClaimedMessage, call: Call): Promise<Outcome> {
    try {
      return { kind: 'done', result: await this.api.make(message, call) };
    } catch (error) {
      return outcomeOf(error, message.attempts);
    }
  }

  /** Notes what follows from the outcome. Doing it twice is harmless. */
  private async follow(message: ClaimedMessage, outcome: Outcome): Promise<void> {
    switch (outcome.kind) {
      case 'done': {
        const { result } = outcome;
        const [first] = [result].flat();
        const messageId = typeof first === 'object' ? first.message_id : undefined;
        return this.claims.settle(message, { state: 'sent', result, messageId });
      }
      case 'moot':
        return this.claims.settle(message, { state: 'sent' });
      case 'pointless':
        return this.claims.settle(message, { state: 'dropped' });
      case 'hold':
        await this.flood.hold(message.bot, message.chatId, outcome.afterMs);
        return this.claims.release(message, outcome.afterMs, { countsAsAttempt: false });
      case 'moved':
        await this.claims.moveChat(message.bot, message.chatId, outcome.chatId);
        return this.claims.release(message, 0, { countsAsAttempt: true });
      case 'retry':
        return this.retry(message, outcome);
      case 'unknown':
        return this.afterUnknown(message, outcome.reason);
      case 'gone':
        if (message.kind === 'error') return this.fail(message, outcome);
        return this.claims.settle(message, { state: 'dropped', error: outcome.reason });
      case 'blocked':
        if (message.chatId > 0) await this.audience.blockedBot(message.bot, message.chatId, true);
        return this.claims.settle(message, { state: 'failed', errorCode: outcome.code, error: outcome.reason });
      case 'badMarkup':
      case 'failed':
        return this.fail(message, outcome);
    }
  }

  private async fail(message: ClaimedMessage, { code, reason }: { code: number; reason: string }): Promise<void> {
    this.logger.warn({ key: message.key, reason }, 'Telegram has refused a message');
    await this.claims.settle(message, { state: 'failed', errorCode: code, error: reason });
  }

  private async retry(message: ClaimedMessage, outcome: Extract<Outcome, { kind: 'retry' }>): Promise<void> {
    const { afterMs, reason, serverError } = outcome;
    if (message.kind === 'edit' && message.attempts >= EDIT_ATTEMPTS) {
      return this.claims.settle(message, { state: 'dropped' });
    }
    const ageMs = this.clock.now().getTime() - message.createdAt.getTime();
    if (serverError !== undefined && ageMs > GIVE_UP_AFTER_MS) {
      return this.fail(message, { code: serverError, reason });
    }
    this.logger.warn({ key: message.key, reason }, 'A message could not be sent, trying again');
    return this.claims.release(message, afterMs, { countsAsAttempt: true });
  }

  private async afterUnknown(message: ClaimedMessage, reason: string): Promise<void> {
    const afterMs = repeatAfterMs(message.kind, message.unknowns);
    this.logger.warn(
      { key: message.key, reason, repeated: afterMs !== null },
      'Nobody knows whether a message arrived',
    );
    if (afterMs === null) await this.claims.settle(message, { state: 'unknown', error: reason });
    else await this.claims.repeat(message, afterMs);
  }
}

function asNewMessage({ params }: ClaimedMessage): Call {
  return { method: 'sendMessage', params };
}

function asPlainText({ method, params: { parse_mode: _, ...params } }: Call): Call {
  return { method, params };
}
