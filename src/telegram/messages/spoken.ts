import type { Message, MessageEntity } from 'telegraf/types';

/** The words of a message, or those under its picture, with Telegram's marks in them. */
export function spokenIn(message: Message): { text: string; entities: MessageEntity[] } {
  if ('text' in message) return { text: message.text, entities: message.entities ?? [] };
  if ('caption' in message) return { text: message.caption ?? '', entities: message.caption_entities ?? [] };
  return { text: '', entities: [] };
}
