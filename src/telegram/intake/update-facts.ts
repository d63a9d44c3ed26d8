import type { Update, User } from 'telegraf/types';

interface Facts {
  /** The chat whose order the update belongs to; 0 when it belongs to none. */
  chatId: number;
  user?: User;
  /** Whether a person did something that costs us work: only that is rate-limited. */
  limited: boolean;
}

/** What the gate needs to know of an update, whatever its kind. */
export function factsOf(update: Update): Facts {
  if ('message' in update) {
    return { chatId: update.message.chat.id, user: update.message.from, limited: true };
  }
  if ('callback_query' in update) {
    const { from, message } = update.callback_query;
    return { chatId: message?.chat.id ?? from.id, user: from, limited: true };
  }
  if ('my_chat_member' in update) {
    return { chatId: update.my_chat_member.chat.id, user: update.my_chat_member.from, limited: false };
  }
  if ('pre_checkout_query' in update) {
    return { chatId: update.pre_checkout_query.from.id, user: update.pre_checkout_query.from, limited: false };
  }
  return { chatId: 0, limited: false };
}

/** The kinds we ask Telegram for. */
export const ALLOWED_UPDATES = ['message', 'callback_query', 'my_chat_member', 'pre_checkout_query'] as const;
