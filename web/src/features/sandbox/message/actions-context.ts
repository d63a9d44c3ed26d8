import { createContext, use } from 'react';
import type { InlineButton, TgMessage } from '../model/bot-api';
import type { Entry } from '../model/conversation-reducer';

/** What a bubble can do to the conversation around it. */
export interface MessageActions {
  reply: (message: TgMessage) => void;
  press: (message: TgMessage, button: InlineButton) => void;
  isPressing: (message: TgMessage, button: InlineButton) => boolean;
  sendText: (text: string) => void;
  retry: (entry: Entry) => void;
  discard: (entry: Entry) => void;
  /** Scrolls to a message and lights it up; does nothing when it is not in the list. */
  reveal: (messageId: number) => void;
  /** Takes a deleted message, now faded out, off the list. */
  vanished: (messageId: number) => void;
}

export const MessageActionsContext = createContext<MessageActions | null>(null);

export function useMessageActions(): MessageActions {
  const actions = use(MessageActionsContext);
  if (!actions) throw new Error('A message needs a MessageActionsContext above it');
  return actions;
}
