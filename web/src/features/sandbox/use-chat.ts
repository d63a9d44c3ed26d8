import { useState } from 'react';
import { type StreamStatus, useEventStream } from '../../shared/http/use-event-stream';
import type { ServerSentEvent } from '../../shared/http/sse-parser';
import { useTexts } from '../../shared/i18n/texts';
import { useToast } from '../../shared/ui/toasts';
import { eventsPath, type SandboxUser, type Scope } from './api';
import { readEvent } from './model/events';
import { sandboxTexts } from './texts';
import { type CallLog, useCallLog } from './use-call-log';
import { useChatAction } from './use-chat-action';
import { type Conversation, useConversation } from './use-conversation';
import { type Presses, usePresses } from './use-presses';

interface Chat {
  conversation: Conversation;
  presses: Presses;
  calls: CallLog;
  stream: StreamStatus;
  /** What the bot is doing right now, in Telegram's words (`typing`, `upload_video`). */
  action: string | null;
  /** A callback answer that wants to be confirmed. */
  alert: string | null;
  closeAlert: () => void;
}

/** The sandbox's answer to a message from somebody who has blocked the bot. */
const BLOCKED_STATUS = 409;

/**
 * Everything live about one chat. Mount it anew (`key`) for another one.
 * @param onRefused the user wrote to a bot that he had blocked
 */
export function useChat(scope: Scope, author: SandboxUser, onRefused: () => void): Chat {
  const t = useTexts(sandboxTexts);
  const toast = useToast();
  const [alert, setAlert] = useState<string | null>(null);
  const { action, show, clear } = useChatAction();
  const calls = useCallLog(scope);
  const conversation = useConversation(scope, author, (error) => {
    if (error.status === BLOCKED_STATUS) onRefused();
    else toast(`${t.errors.notSent}: ${error.message}`, 'error');
  });
  const presses = usePresses(scope, {
    onTimeout: () => {
      toast(t.button.noAnswer);
    },
    onFailure: (reason) => {
      toast(t.errors.failed(reason), 'error');
    },
  });

  const onEvent = (received: ServerSentEvent): void => {
    const event = readEvent(received);
    if (!event) return;
    switch (event.type) {
      case 'message':
        conversation.apply({ type: 'received', message: event.message });
        if (event.message.from?.is_bot) clear();
        break;
      case 'edited':
        conversation.apply({ type: 'edited', message: event.message });
        break;
      case 'deleted':
        conversation.apply({ type: 'deleted', messageId: event.messageId });
        break;
      case 'action':
        if (event.action === 'cancel') clear();
        else show(event.action);
        break;
      case 'callbackAnswer':
        presses.answered(event.callbackQueryId);
        if (event.text && event.showAlert) setAlert(event.text);
        else if (event.text) toast(event.text);
        break;
      case 'call':
        calls.add(event.call);
        break;
    }
  };

  const onOpen = (): void => {
    conversation.reload();
    calls.reload();
  };

  return {
    conversation,
    presses,
    calls,
    stream: useEventStream(eventsPath(scope), { onOpen, onEvent }),
    action,
    alert,
    closeAlert: () => {
      setAlert(null);
    },
  };
}
