import { KNOWN_METHODS } from './known-methods.js';
import type { Method } from './method.js';
import { deleteMyCommands, getMe, getMyCommands, setMyCommands } from './methods/bot-settings.js';
import { getChat, getChatMember } from './methods/chats.js';
import { deleteMessage, deleteMessages } from './methods/deletions.js';
import { editMessageCaption, editMessageMedia, editMessageReplyMarkup, editMessageText } from './methods/edits.js';
import { getFile } from './methods/files.js';
import { answerCallbackQuery, sendChatAction } from './methods/interaction.js';
import { answerPreCheckoutQuery, sendInvoice } from './methods/invoices.js';
import {
  sendAnimation,
  sendAudio,
  sendDocument,
  sendMediaGroup,
  sendPhoto,
  sendVideo,
  sendVoice,
} from './methods/media.js';
import { copyMessage, forwardMessage, sendMessage } from './methods/texts.js';
import { deleteWebhook, getUpdates, getWebhookInfo, setWebhook } from './methods/updates.js';

const METHODS: Readonly<Record<string, Method>> = {
  answerCallbackQuery,
  answerPreCheckoutQuery,
  copyMessage,
  deleteMessage,
  deleteMessages,
  deleteMyCommands,
  deleteWebhook,
  editMessageCaption,
  editMessageMedia,
  editMessageReplyMarkup,
  editMessageText,
  forwardMessage,
  getChat,
  getChatMember,
  getFile,
  getMe,
  getMyCommands,
  getUpdates,
  getWebhookInfo,
  sendAnimation,
  sendAudio,
  sendChatAction,
  sendDocument,
  sendInvoice,
  sendMediaGroup,
  sendMessage,
  sendPhoto,
  sendVideo,
  sendVoice,
  setMyCommands,
  setWebhook,
};

const succeed: Method = () => true;

const byLowerCaseName = new Map<string, { name: string; method: Method }>([
  ...KNOWN_METHODS.map((name) => [name.toLowerCase(), { name, method: succeed }] as const),
  ...Object.entries(METHODS).map(([name, method]) => [name.toLowerCase(), { name, method }] as const),
]);

/** Names are case-insensitive. */
export const findMethod = (name: string): { name: string; method: Method } | undefined =>
  byLowerCaseName.get(name.toLowerCase());
