import type { Message } from 'telegraf/types';
import { spokenIn } from './spoken.js';

/**
 * Whether a message is nobody's talk to this bot: a command for another one, or a post of the channel that Telegram has put
 * into its discussion group.
 */
export function isForOthers(message: Message, botName: string): boolean {
  if ('is_automatic_forward' in message) return true;
  const { text, entities } = spokenIn(message);
  const command = entities.find(({ type, offset }) => type === 'bot_command' && offset === 0);
  const [, addressee] = text.slice(0, command?.length ?? 0).split('@');
  return addressee !== undefined && addressee.toLowerCase() !== botName.toLowerCase();
}
