import type { Place } from '../world/conversations.js';
import { botUser } from '../world/directory.js';
import type { World } from '../world/world.js';
import { badRequest } from './errors.js';
import type { Call } from './method.js';
import { readReplyMarkup } from './reply-markup.js';
import type { Message, MessageContent } from './types.js';

/** Writes into the chat in the bot's name, with what all sending methods have in common. */
export function send(world: World, call: Call, place: Place, content: MessageContent & Partial<Message>): Message {
  const { inline, keyboard } = readReplyMarkup(call.params);
  const message = {
    ...content,
    from: botUser(call.bot),
    reply_to_message: repliedMessage(world, call, place),
    has_protected_content: call.params.flag('protect_content') || undefined,
    reply_markup: inline,
  };
  return world.conversations.add(place, message, keyboard);
}

/** The message that is answered, without what it answers itself. */
function repliedMessage(world: World, { params }: Call, place: Place): Message | undefined {
  const reply = params.record('reply_parameters');
  const messageId = reply ? Number(reply.message_id) : params.integer('reply_to_message_id');
  if (!messageId) return undefined;
  const message = world.conversations.get(place, messageId);
  if (message) return { ...message, reply_to_message: undefined };
  if (reply ? reply.allow_sending_without_reply === true : params.flag('allow_sending_without_reply')) return undefined;
  throw badRequest('message to be replied not found');
}
