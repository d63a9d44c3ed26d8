import { isDeepStrictEqual } from 'node:util';
import type { Place } from '../../world/conversations.js';
import type { World } from '../../world/world.js';
import { chatOfCall, countMessage, messageOfCall } from '../chat-access.js';
import { badRequest } from '../errors.js';
import { mediaContent } from '../media-content.js';
import type { Call, Method } from '../method.js';
import { readReplyMarkup } from '../reply-markup.js';
import type { Message, MessageContent } from '../types.js';
import { inputMedia } from './media.js';
import { captionContent, textContent } from './texts.js';

const NOT_MODIFIED =
  'message is not modified: specified new message content and reply markup are exactly the same as a current content ' +
  'and reply markup of the message';

/** Everything that makes up what a message shows; an edit replaces all of it. */
const NO_CONTENT: Record<keyof MessageContent, undefined> = {
  text: undefined,
  entities: undefined,
  caption: undefined,
  caption_entities: undefined,
  show_caption_above_media: undefined,
  has_media_spoiler: undefined,
  photo: undefined,
  video: undefined,
  animation: undefined,
  document: undefined,
  audio: undefined,
  voice: undefined,
  invoice: undefined,
};

type Change = (world: World, call: Call, message: Message) => MessageContent | Promise<MessageContent>;

/** Edits what the bot has written. Messages sent through inline mode are not kept here: their edits just succeed. */
const edit =
  (change: Change): Method =>
  async (world, call): Promise<Message | true> => {
    if (call.params.text('inline_message_id') !== undefined) return true;
    const place = chatOfCall(world, call);
    const message = ownMessage(world, call, place);
    const { inline } = readReplyMarkup(call.params);
    const edited = { ...message, ...(await change(world, call, message)), reply_markup: inline };
    if (isSame(message, edited)) throw badRequest(NOT_MODIFIED);
    countMessage(world, place);
    return world.conversations.replace(place, edited);
  };

export const editMessageText = edit((_world, { params }, message) => {
  if (message.text === undefined) throw badRequest('there is no text in the message to edit');
  return textContent(params);
});

export const editMessageCaption = edit((_world, { params }, message) => {
  if (message.text !== undefined || message.invoice) throw badRequest('there is no caption in the message to edit');
  return captionContent(params);
});

export const editMessageReplyMarkup = edit(() => ({}));

export const editMessageMedia = edit(async (world, call) => {
  const { kind, params } = inputMedia(call.params.json('media'), call.params);
  const media = await mediaContent(world, call, params, 'media', kind);
  return { ...NO_CONTENT, ...media, ...captionContent(params) };
});

function ownMessage(world: World, call: Call, place: Place): Message {
  const message = messageOfCall(world, call, place, 'message to edit');
  if (message.from?.id !== call.bot.id || message.forward_origin) throw badRequest("message can't be edited");
  return message;
}

/** Members that are undefined are as good as missing, as in the JSON that the bot sees. */
const isSame = (a: Message, b: Message): boolean =>
  isDeepStrictEqual(JSON.parse(JSON.stringify(a)), JSON.parse(JSON.stringify(b)));
