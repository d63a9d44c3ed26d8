import type { Database } from '../../../platform/database/database.js';
import type { BotUserProfileDto } from '../bot-users.dto.js';

export type { BotUserProfileDto };

/**
 * Of somebody whom a bot has not seen before.
 * @param get asks as the operator
 */
export async function profileOf(
  database: Database,
  { bot, tgUserId }: { bot: string; tgUserId: number },
  get: (path: string) => Promise<BotUserProfileDto>,
): Promise<BotUserProfileDto> {
  const [user] = await database.query<{ id: string }>(
    `INSERT INTO bot_users (bot, tg_user_id, name, language) VALUES ($1, $2, 'Somebody', 'en') RETURNING id`,
    [bot, tgUserId],
  );
  return get(`/bot-users/${user?.id ?? ''}`);
}
