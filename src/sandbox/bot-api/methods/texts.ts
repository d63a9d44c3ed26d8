import { chatOfCall, chatToWrite, countMessage, messageOfCall } from '../chat-access.js';
import { badRequest } from '../errors.js';
import type { Method } from '../method.js';
import type { Params } from '../params.js';
import { send } from '../send.js';
import { formattedText } from '../text/formatted-text.js';
import type { Message, MessageContent } from '../types.js';

const MAX_TEXT = 4096;
const MAX_CAPTION = 1024;

/** Telegram counts characters, not UTF-16 units. */
const lengthOf = (text: string): number => Array.from(text).length;

export function textContent(params: Params): MessageContent {
  const { text, entities } = formattedText(params, 'text', 'entities');
  if (text === '') throw badRequest('message text is empty');
  if (lengthOf(text) > MAX_TEXT) throw badRequest('message is too long');
  return { text, entities: entities.length > 0 ? entities : undefined };
}

export function captionContent(params: Params): MessageContent {
  const { text, entities } = formattedText(params, 'caption', 'caption_entities');
  if (lengthOf(text) > MAX_CAPTION) throw badRequest('message caption is too long');
  return {
    caption: text === '' ? undefined : text,
    caption_entities: entities.length > 0 ? entities : undefined,
    show_caption_above_media: params.flag('show_caption_above_media') || undefined,
  };
}

export const sendMessage: Method = (world, call): Message => {
  const place = chatToWrite(world, call);
  const content = textContent(call.params);
  countMessage(world, place);
  return send(world, call, place, content);
};

export const copyMessage: Method = (world, call): { message_id: number } => {
  const place = chatToWrite(world, call);
  const original = messageOfCall(world, call, chatOfCall(world, call, 'from_chat_id'), 'message to copy');
  const caption = call.params.text('caption') === undefined ? {} : captionContent(call.params);
  countMessage(world, place);
  const { message_id } = send(world, call, place, { ...copiedContent(original), ...caption });
  return { message_id };
};

export const forwardMessage: Method = (world, call): Message => {
  const place = chatToWrite(world, call);
  const original = messageOfCall(world, call, chatOfCall(world, call, 'from_chat_id'), 'message to forward');
  countMessage(world, place);
  return send(world, call, place, { ...copiedContent(original), forward_origin: originOf(original) });
};

function copiedContent(message: Message): MessageContent {
  const { text, entities, caption, caption_entities, show_caption_above_media, has_media_spoiler } = message;
  const { photo, video, animation, document, audio, voice, invoice } = message;
  return {
    ...{ text, entities, caption, caption_entities, show_caption_above_media, has_media_spoiler },
    ...{ photo, video, animation, document, audio, voice, invoice },
  };
}

function originOf({ forward_origin: origin, from, date }: Message): Message['forward_origin'] {
  return origin ?? (from && { type: 'user', date, sender_user: from });
}
