import type { Message, MessageEntity, Update } from 'telegraf/types';

/** What costs work wherever it is said. */
const ASKING = new Set<MessageEntity['type']>(['bot_command', 'url', 'text_link']);

/**
 * Whether a person asked something of the bot, which is rate-limited: whatever he presses or says to it in private, but of
 * the talk of a group only commands, links, its name, and answers to it.
 */
export function isLimited(update: Update, botName: string | undefined): boolean {
  if ('callback_query' in update) return true;
  if (!('message' in update)) return false;
  const { message } = update;
  return message.chat.type === 'private' || asksSomething(message) || addresses(message, botName);
}

function asksSomething(message: Message): boolean {
  return entitiesOf(message).some(({ type }) => ASKING.has(type));
}

function addresses(message: Message, botName: string | undefined): boolean {
  if (botName === undefined) return false;
  if ('reply_to_message' in message && message.reply_to_message?.from?.username === botName) return true;
  const text = 'text' in message ? message.text : 'caption' in message ? (message.caption ?? '') : '';
  const name = `@${botName}`.toLowerCase();
  return entitiesOf(message).some(
    ({ type, offset, length }) => type === 'mention' && text.slice(offset, offset + length).toLowerCase() === name,
  );
}

function entitiesOf(message: Message): MessageEntity[] {
  if ('entities' in message) return message.entities ?? [];
  return 'caption_entities' in message ? (message.caption_entities ?? []) : [];
}
