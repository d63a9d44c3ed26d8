import type { Place } from '../../world/conversations.js';
import { isGroupId } from '../../world/directory.js';
import type { World } from '../../world/world.js';
import { chatOfCall, messageOfCall } from '../chat-access.js';
import { badRequest } from '../errors.js';
import type { Call, Method } from '../method.js';
import type { Message } from '../types.js';

const DELETABLE_SEC = 48 * 60 * 60;
const MAX_AT_ONCE = 100;

export const deleteMessage: Method = (world, call): true => {
  const place = chatOfCall(world, call);
  const message = messageOfCall(world, call, place, 'message to delete');
  if (!isDeletable(world, call, message)) throw badRequest("message can't be deleted");
  world.conversations.remove(place, message.message_id);
  return true;
};

/** Messages that are gone or cannot be deleted are skipped. */
export const deleteMessages: Method = (world, call): true => {
  const ids = call.params.list('message_ids');
  if (!ids || ids.length === 0) throw badRequest('message identifiers are not specified');
  if (ids.length > MAX_AT_ONCE) throw badRequest('too many message identifiers specified');
  const place = chatOfCall(world, call);
  for (const id of ids) removeIfDeletable(world, call, place, Number(id));
  return true;
};

function removeIfDeletable(world: World, call: Call, place: Place, messageId: number): void {
  const message = world.conversations.get(place, messageId);
  if (message && isDeletable(world, call, message)) world.conversations.remove(place, messageId);
}

/** Within 48 hours, a bot may delete what it wrote itself and, in a private chat, what the person wrote. */
function isDeletable(world: World, { bot }: Call, message: Message): boolean {
  const ageSec = world.clock.now().getTime() / 1000 - message.date;
  return ageSec < DELETABLE_SEC && (message.from?.id === bot.id || !isGroupId(message.chat.id));
}
