import { useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';
import { useTexts } from '../../../shared/i18n/texts';
import { useToast } from '../../../shared/ui/toasts';
import type { SandboxBot, SandboxGroup, SandboxUser } from '../api';
import { SidePanel } from '../side-panel/side-panel';
import { useSidePanel } from '../side-panel/use-side-panel';
import { BlockedBar, Composer } from '../composer/composer';
import { useAttachments } from '../composer/use-attachments';
import { type MessageActions, MessageActionsContext } from '../message/actions-context';
import type { TgMessage } from '../model/bot-api';
import { forcedReply, keyboardMessage } from '../model/keyboard';
import { sandboxTexts } from '../texts';
import { useBlocked } from '../use-blocked';
import { useChat } from '../use-chat';
import { AlertDialog } from './alert-dialog';
import { Banner } from './banner';
import { ChatHeader } from './chat-header';
import classes from './chat-screen.module.css';
import { DropZone } from './drop-zone';
import { MessagePane } from './message-pane';
import { useReveal } from './use-reveal';

interface ChatScreenProps {
  bot: SandboxBot;
  user: SandboxUser;
  group: SandboxGroup | null;
  /** Only where the list of chats is not beside the conversation. */
  onBack?: () => void;
}

/** One conversation and the calls behind it. Mount it anew (`key`) for another one. */
export function ChatScreen({ bot, user, group, onBack }: ChatScreenProps) {
  const t = useTexts(sandboxTexts);
  const toast = useToast();
  const scope = { botId: bot.id, chatId: group?.id ?? user.id, userId: user.id };
  const { isBlocked, setBlocked, toggleBlocked } = useBlocked(scope);
  const { conversation, presses, calls, stream, action, alert, closeAlert } = useChat(scope, user, () => {
    setBlocked(true);
  });
  const [replyTo, setReplyTo] = useState<TgMessage | null>(null);
  const attachments = useAttachments();
  const { litMessageId, reveal } = useReveal();
  const hasRoomForPanel = useMediaQuery('(min-width: 68em)', undefined, { getInitialValueInEffect: false });
  const panel = useSidePanel(hasRoomForPanel);

  const forced = forcedReply(conversation.entries);
  const [answered, setAnswered] = useState<number | null>(null);
  // Only a new question takes the reply; the same one does not come back after it was dismissed.
  if (forced && forced.message_id !== answered) {
    setAnswered(forced.message_id);
    setReplyTo(forced);
  }

  const sendText = (text: string): void => {
    conversation.send([{ text }]);
  };
  const actions: MessageActions = {
    reply: setReplyTo,
    press: (message, button) => {
      if (button.callback_data !== undefined) presses.press(message.message_id, button.callback_data);
      else if (button.copy_text && 'clipboard' in navigator) {
        navigator.clipboard.writeText(button.copy_text.text).then(
          () => {
            toast(t.button.copied);
          },
          (error: unknown) => {
            toast(t.errors.failed(String(error)), 'error');
          },
        );
      } else toast(t.button.notHere);
    },
    isPressing: (message, button) =>
      button.callback_data !== undefined && presses.isPressing(message.message_id, button.callback_data),
    sendText,
    retry: conversation.retry,
    discard: conversation.discard,
    reveal,
    vanished: (messageId) => {
      conversation.apply({ type: 'vanished', messageId });
    },
  };

  return (
    <>
      <main className={classes.chat}>
        <ChatHeader
          bot={bot}
          group={group}
          action={action}
          isBlocked={isBlocked}
          isPanelOpen={panel.isOpen}
          onBack={onBack}
          onToggleBlock={toggleBlocked}
          onTogglePanel={panel.toggle}
        />
        {stream === 'lost' && <Banner tone="lost">{t.connection.lost}</Banner>}
        {bot.mode === 'off' && <Banner tone="notice">{t.connection.botIsOff}</Banner>}
        <DropZone onFiles={attachments.add}>
          <MessageActionsContext value={actions}>
            <MessagePane
              conversation={conversation}
              botName={bot.name}
              userId={user.id}
              isGroup={group !== null}
              litMessageId={litMessageId}
              onStart={() => {
                sendText('/start');
              }}
            />
          </MessageActionsContext>
          {isBlocked ? (
            <BlockedBar onUnblock={toggleBlocked} />
          ) : (
            <Composer
              bot={bot}
              isGroup={group !== null}
              keyboardMessage={keyboardMessage(conversation.entries)}
              replyTo={replyTo}
              onCancelReply={() => {
                setReplyTo(null);
              }}
              attachments={attachments}
              onSend={conversation.send}
            />
          )}
        </DropZone>
      </main>
      <SidePanel scope={scope} calls={calls} isOpen={panel.isOpen} isDrawer={!hasRoomForPanel} onClose={panel.close} />
      <AlertDialog title={bot.name} text={alert} onClose={closeAlert} />
    </>
  );
}
