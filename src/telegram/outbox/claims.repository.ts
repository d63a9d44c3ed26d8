import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { toEntity } from '../../platform/database/to-entity.js';
import { OutboxMessage } from './outbox-message.entity.js';

/** A sender says this often that it lives; after the lease nobody knows what became of its call. */
export const LEASE_SEC = 30;

const UNOBSERVED = `topic IS NOT NULL AND NOT observed AND state IN ('sent', 'failed', 'unknown')`;

interface Settled {
  state: 'sent' | 'failed' | 'unknown' | 'dropped';
  result?: unknown;
  messageId?: number;
  errorCode?: number;
  error?: string;
}

/** What a message carries: files are uploaded apart from words. */
export type Cargo = 'words' | 'files';

/** A message that this process is about to send, and the proof that it is the one to do so. */
export type ClaimedMessage = OutboxMessage & { claim: string };

/** The sending side of the outbox. Every change of a claimed row asks for the claim. */
@Injectable()
export class ClaimsRepository {
  constructor(private readonly database: Database) {}

  /** Claims the oldest message that is due and first in its lane; progress that waits for its time holds nobody up. */
  async claimNext(bots: string[], cargo: Cargo): Promise<ClaimedMessage | null> {
    const [row] = await this.database.query<Record<string, unknown>>(
      `UPDATE telegram_outbox SET state = 'sending', claim = $1, attempts = attempts + 1,
         lease_until = now() + make_interval(secs => $3)
       WHERE id = (
         SELECT message.id FROM telegram_outbox message
         WHERE message.state = 'pending' AND message.files ${cargo === 'words' ? '=' : '<>'} '{}' AND message.due_at <= now() AND message.bot = ANY($2)
         AND NOT EXISTS (
           SELECT FROM telegram_outbox earlier
           WHERE earlier.state IN ('pending', 'sending') AND earlier.bot = message.bot
           AND earlier.chat_id = message.chat_id AND earlier.lane = message.lane AND earlier.id < message.id
           AND NOT (earlier.kind = 'edit' AND earlier.state = 'pending' AND earlier.due_at > now()))
         ORDER BY message.id LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING *`,
      [randomUUID(), bots, LEASE_SEC],
    );
    return row ? (toEntity(this.database.repository(OutboxMessage), row) as ClaimedMessage) : null;
  }

  /** Where the message went that an edit or a deletion is about. */
  async target(message: OutboxMessage): Promise<OutboxMessage | null> {
    if (message.targetKey === null) return null;
    return this.database.repository(OutboxMessage).findOneBy({ key: message.targetKey });
  }

  async keepAlive(claims: string[]): Promise<void> {
    await this.database.query(
      `UPDATE telegram_outbox SET lease_until = now() + make_interval(secs => $2)
       WHERE claim = ANY($1) AND state = 'sending'`,
      [claims, LEASE_SEC],
    );
  }

  /** Gives a message back that was certainly not sent. */
  async release(
    message: ClaimedMessage,
    afterMs: number,
    { countsAsAttempt }: { countsAsAttempt: boolean },
  ): Promise<void> {
    await this.database.query(
      `UPDATE telegram_outbox SET state = 'pending', claim = NULL, lease_until = NULL,
         due_at = now() + make_interval(secs => $3), attempts = attempts - $4
       WHERE id = $1 AND claim = $2`,
      [message.id, message.claim, afterMs / 1_000, countsAsAttempt ? 0 : 1],
    );
  }

  /**
   * Sends a message again of which nobody knows whether it has arrived. The row keeps the claim: if the answer still comes
   * before the repeat, it settles the message.
   */
  async repeat(message: ClaimedMessage, afterMs: number): Promise<void> {
    await this.database.query(
      `UPDATE telegram_outbox SET state = 'pending', lease_until = NULL, unknowns = unknowns + 1,
         due_at = now() + make_interval(secs => $3)
       WHERE id = $1 AND claim = $2 AND state = 'sending'`,
      [message.id, message.claim, afterMs / 1_000],
    );
  }

  /** Ends a message; an edit that was overtaken by a newer one waits again instead. */
  async settle(message: ClaimedMessage, { state, result, messageId, errorCode, error }: Settled): Promise<void> {
    await this.database.query(
      `UPDATE telegram_outbox SET claim = NULL, lease_until = NULL,
         settled_at = CASE WHEN version > $3 THEN NULL ELSE now() END,
         state = CASE WHEN version > $3 THEN 'pending' ELSE $4 END,
         result = $5, message_id = $6, error_code = $7, error = $8,
         unknowns = unknowns + CASE WHEN $4 = 'unknown' THEN 1 ELSE 0 END
       WHERE id = $1 AND claim = $2`,
      [
        message.id,
        message.claim,
        message.version,
        state,
        result === undefined ? null : JSON.stringify(result),
        messageId ?? null,
        errorCode ?? null,
        error ?? null,
      ],
    );
  }

  /** A group became a supergroup: everything that waits for it goes to the new chat. */
  async moveChat(bot: string, from: number, to: number): Promise<void> {
    await this.database.query(
      `UPDATE telegram_outbox SET chat_id = $3 WHERE bot = $1 AND chat_id = $2 AND state IN ('pending', 'sending')`,
      [bot, from, to],
    );
  }

  /** Messages whose sender has died in the middle of a call, or has lost sight of the database for too long; not `own` claims. */
  async abandoned(own: string[]): Promise<ClaimedMessage[]> {
    return this.database
      .repository(OutboxMessage)
      .createQueryBuilder('message')
      .where(`message.state = 'sending' AND message.leaseUntil < now() AND message.claim <> ALL(:own)`, { own })
      .limit(100)
      .getMany() as Promise<ClaimedMessage[]>;
  }

  /** Ended messages that their features have not heard of, the oldest first. */
  async unobserved(): Promise<number[]> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT id FROM telegram_outbox WHERE ${UNOBSERVED} ORDER BY id`,
    );
    return rows.map(({ id }) => Number(id));
  }

  /** Locks such a message until the ambient transaction ends; null when somebody else is telling of it, or has. */
  async lockUnobserved(id: number): Promise<OutboxMessage | null> {
    return this.database
      .repository(OutboxMessage)
      .createQueryBuilder('message')
      .where(`message.id = :id AND ${UNOBSERVED}`, { id })
      .setLock('pessimistic_write')
      .setOnLocked('skip_locked')
      .getOne();
  }

  async markObserved(id: number): Promise<void> {
    await this.database.repository(OutboxMessage).update({ id }, { observed: true });
  }
}
