import { Injectable } from '@nestjs/common';
import type { InlineKeyboardMarkup } from 'telegraf/types';
import { Database } from '../../platform/database/database.js';
import { OutboxMessage, type OutboxState, type SentMessage } from './outbox-message.entity.js';

type NewMessage = Pick<OutboxMessage, 'key' | 'bot' | 'chatId' | 'lane' | 'kind' | 'method' | 'params' | 'files'> &
  Partial<Pick<OutboxMessage, 'topic' | 'reference'>>;

const editKey = (target: string) => `edit:${target}`;
const deletionKey = (target: string) => `delete:${target}`;
const buttonsKey = ({ bot, chatId, messageId }: SentMessage) => `buttons:${bot}:${chatId}:${messageId}`;

/** The writing side of the outbox: what is owed. */
@Injectable()
export class OutboxRepository {
  constructor(private readonly database: Database) {}

  /** Does nothing when the key was used before. */
  async insert(message: NewMessage): Promise<void> {
    await this.database
      .repository(OutboxMessage)
      .createQueryBuilder()
      .insert()
      .values(message as object)
      .orIgnore()
      .execute();
  }

  /** Changes the text of a message that still waits. @returns false when it does not. */
  async changeUnsent(key: string, params: Record<string, unknown>): Promise<boolean> {
    const changed = await this.database.query(
      `UPDATE telegram_outbox SET params = (params - 'reply_markup') || $2
       WHERE key = $1 AND state = 'pending' AND unknowns = 0 RETURNING id`,
      [key, params],
    );
    return changed.length > 0;
  }

  async upsertEdit(target: string, params: Record<string, unknown>, kind: 'edit' | 'error'): Promise<void> {
    await this.database.query(
      `INSERT INTO telegram_outbox AS edit (key, bot, chat_id, lane, kind, method, params, files, target_key)
       SELECT $2, bot, chat_id, lane, $5, 'editMessageText', $4, '{}', key FROM telegram_outbox WHERE key = $1
       AND NOT EXISTS (SELECT FROM telegram_outbox WHERE key = $3)
       AND (params - 'reply_parameters' <> $4::jsonb OR EXISTS (SELECT FROM telegram_outbox WHERE key = $2))
       ON CONFLICT (key) DO UPDATE SET
         params = EXCLUDED.params, kind = EXCLUDED.kind, version = edit.version + 1, attempts = 0, due_at = now(),
         state = CASE edit.state WHEN 'sending' THEN 'sending' ELSE 'pending' END
       WHERE edit.params <> EXCLUDED.params AND edit.kind <> 'error'`,
      [target, editKey(target), deletionKey(target), params, kind],
    );
  }

  /** The row of a message's buttons is written again with each change; a change that went wrong may be asked for again. */
  async upsertButtons(message: SentMessage, markup: InlineKeyboardMarkup): Promise<void> {
    const { bot, chatId, messageId } = message;
    const key = buttonsKey(message);
    await this.database.query(
      `INSERT INTO telegram_outbox AS edit (key, bot, chat_id, lane, kind, method, params, files)
       VALUES ($1, $2, $3, $1, 'edit', 'editMessageReplyMarkup', $4, '{}')
       ON CONFLICT (key) DO UPDATE SET
         params = EXCLUDED.params, version = edit.version + 1, attempts = 0, unknowns = 0, due_at = now(), settled_at = NULL,
         state = CASE edit.state WHEN 'sending' THEN 'sending' ELSE 'pending' END
       WHERE edit.params <> EXCLUDED.params OR edit.state IN ('failed', 'unknown', 'dropped')`,
      [key, bot, chatId, { message_id: messageId, reply_markup: markup }],
    );
  }

  /** Takes back what has not been sent: the message itself, or the edits of it. @returns whether it was the message. */
  async dropUnsent(target: string): Promise<boolean> {
    const dropped = await this.database.query<{ key: string }>(
      `UPDATE telegram_outbox SET state = 'dropped', settled_at = now()
       WHERE key = ANY($1) AND state = 'pending' AND unknowns = 0 RETURNING key`,
      [[target, editKey(target)]],
    );
    return dropped.some(({ key }) => key === target);
  }

  async insertDeletion(target: string): Promise<void> {
    await this.database.query(
      `INSERT INTO telegram_outbox (key, bot, chat_id, lane, kind, method, params, files, target_key)
       SELECT $2, bot, chat_id, lane, 'delete', 'deleteMessage', '{}', '{}', key FROM telegram_outbox WHERE key = $1
       ON CONFLICT (key) DO NOTHING`,
      [target, deletionKey(target)],
    );
  }

  async find(key: string): Promise<OutboxMessage | null> {
    return this.database.repository(OutboxMessage).findOneBy({ key });
  }

  async stateOf(key: string): Promise<OutboxState | null> {
    return (await this.find(key))?.state ?? null;
  }

  async forgetOld(days: number): Promise<void> {
    await this.database.query(
      `DELETE FROM telegram_outbox WHERE settled_at < now() - make_interval(days => $1)
       AND (topic IS NULL OR observed)`,
      [days],
    );
  }
}
