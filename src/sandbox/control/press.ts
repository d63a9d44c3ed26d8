import { randomInt } from 'node:crypto';
import type { UserRecord } from '../state/records.js';
import type { Place } from '../world/conversations.js';
import type { World } from '../world/world.js';

/** A press on an inline button. Of a message that is gone the bot learns only which it was, as from Telegram. */
export function pressAsUser(
  world: World,
  place: Place,
  user: UserRecord,
  messageId: number,
  data: string,
): { updateId: number | null; callbackQueryId: string } {
  const id = `${world.clock.now().getTime()}${randomInt(1e5, 1e6)}`;
  const { botId, chat } = place;
  world.state.callbacks.put(id, {
    id,
    botId,
    chatId: chat.id,
    messageId,
    userId: user.id,
    data,
    createdAt: world.clock.now().getTime(),
    answer: null,
  });
  const message = world.conversations.get(place, messageId) ?? { chat, message_id: messageId, date: 0 };
  const updateId = world.updates.push(botId, 'callback_query', {
    id,
    from: world.directory.user(user.id),
    message: world.files.shownTo(botId, message),
    chat_instance: String(botId * 31 + chat.id),
    data,
  });
  return { updateId, callbackQueryId: id };
}
