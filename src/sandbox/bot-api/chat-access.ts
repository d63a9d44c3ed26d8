import type { Place } from '../world/conversations.js';
import { isGroupId } from '../world/directory.js';
import type { World } from '../world/world.js';
import { badRequest, forbidden, tooManyRequests } from './errors.js';
import type { Call } from './method.js';
import type { Message } from './types.js';

/** The chat that a call names, which the bot must have access to. */
export function chatOfCall(world: World, { bot, params }: Call, name = 'chat_id'): Place {
  const given = params.text(name);
  if (given === undefined) throw badRequest(`${name} is empty`);
  const chatId = params.integer(name);
  const chat = chatId === undefined ? undefined : world.directory.chat(chatId);
  if (!chat) throw badRequest('chat not found');
  if (isGroupId(chat.id)) {
    const isMember = world.directory.botsOf(bot.id, chat.id).includes(bot.id);
    if (!isMember) throw forbidden('bot is not a member of the supergroup chat');
  } else if (!world.directory.isStarted(bot.id, chat.id)) {
    throw badRequest('chat not found');
  }
  return { botId: bot.id, chat };
}

/** The same for a call that writes there: the person must not have blocked the bot. */
export function chatToWrite(world: World, call: Call): Place {
  const place = chatOfCall(world, call);
  if (world.directory.isBlocked(call.bot.id, place.chat.id)) throw forbidden('bot was blocked by the user');
  return place;
}

/** Counts a message against the flood limits, where they are in force. */
export function countMessage(world: World, { botId, chat }: Place): void {
  if (!world.state.settings.enforceFlood) return;
  const waitSec = world.flood.hit(botId, chat.id);
  if (waitSec !== null) throw tooManyRequests(waitSec);
}

/** `role` names the message in the error: «message to edit», «message to copy», … */
export function messageOfCall(world: World, call: Call, place: Place, role: string): Message {
  const messageId = call.params.integer('message_id');
  const message = messageId === undefined ? undefined : world.conversations.get(place, messageId);
  if (!message) throw badRequest(`${role} not found`);
  return message;
}
