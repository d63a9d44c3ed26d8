import type { TgMessage } from './bot-api';
import type { Entry } from './conversation-reducer';

/**
 * The message whose reply keyboard is in force: the newest one that set a keyboard, unless a later one removed it.
 * A deleted message takes its keyboard along, as in Telegram's own apps.
 */
export function keyboardMessage(entries: readonly Entry[]): TgMessage | null {
  const deciding = entries.findLast(
    ({ message }) => message.reply_markup?.keyboard ?? message.reply_markup?.remove_keyboard,
  );
  return deciding?.message.reply_markup?.keyboard ? deciding.message : null;
}

/** The bot's newest message, when it asks to be answered by a reply. */
export function forcedReply(entries: readonly Entry[]): TgMessage | null {
  const last = entries.at(-1)?.message;
  return last?.reply_markup?.force_reply ? last : null;
}
