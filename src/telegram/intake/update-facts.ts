import type { Update, User } from 'telegraf/types';

interface Facts {
  /** The chat whose order the update belongs to; 0 when it belongs to none. */
  chatId: number;
  user?: User;
}

/** What the gate needs to know of an update, whatever its kind. */
export function factsOf(update: Update): Facts {
  if ('message' in update) {
    return { chatId: update.message.chat.id, user: update.message.from };
  }
  if ('callback_query' in update) {
    const { from, message } = update.callback_query;
    return { chatId: message?.chat.id ?? from.id, user: from };
  }
  if ('my_chat_member' in update) {
    return { chatId: update.my_chat_member.chat.id, user: update.my_chat_member.from };
  }
  if ('pre_checkout_query' in update) {
    return { chatId: update.pre_checkout_query.from.id, user: update.pre_checkout_query.from };
  }
  return { chatId: 0 };
}

/** The kinds we ask Telegram for. */
export const ALLOWED_UPDATES = ['message', 'callback_query', 'my_chat_member', 'pre_checkout_query'] as const;
