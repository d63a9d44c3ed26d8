import { chatToWrite } from '../chat-access.js';
import { badRequest } from '../errors.js';
import type { Method } from '../method.js';

const ACTIONS = [
  'typing',
  'upload_photo',
  'record_video',
  'upload_video',
  'record_voice',
  'upload_voice',
  'upload_document',
  'choose_sticker',
  'find_location',
  'record_video_note',
  'upload_video_note',
  'cancel',
];

const MAX_CALLBACK_TEXT = 200;

/** Telegram names no number; the wait shown at the button ends well before this. */
const ANSWERABLE_MS = 60_000;

export const sendChatAction: Method = (world, call): true => {
  const action = call.params.text('action');
  if (action === undefined || !ACTIONS.includes(action)) throw badRequest('wrong parameter action in request');
  world.conversations.emit('action', chatToWrite(world, call), () => ({ action }));
  return true;
};

export const answerCallbackQuery: Method = (world, { bot, params }): true => {
  const id = params.text('callback_query_id') ?? '';
  const callback = world.state.callbacks.get(id);
  const ageMs = world.clock.now().getTime() - (callback?.createdAt ?? 0);
  if (callback?.botId !== bot.id || callback.answer || ageMs > ANSWERABLE_MS) {
    throw badRequest('query is too old and response timeout expired or query ID is invalid');
  }
  const text = params.text('text') ?? null;
  if (text !== null && Array.from(text).length > MAX_CALLBACK_TEXT) throw badRequest('MESSAGE_TOO_LONG');
  const answer = { text, showAlert: params.flag('show_alert'), url: params.text('url') ?? null };
  world.state.callbacks.put(id, { ...callback, answer });
  world.events.emit('callbackAnswer', bot.id, callback.chatId, { callbackQueryId: id, ...answer });
  return true;
};
