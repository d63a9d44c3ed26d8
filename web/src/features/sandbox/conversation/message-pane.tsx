import { ActionIcon, Button, Center, EmptyState, Indicator, Loader } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { useTexts } from '../../../shared/i18n/texts';
import { ArrowDownIcon, BotIcon, WarningIcon } from '../../../shared/ui/icons';
import { sandboxTexts } from '../texts';
import type { Conversation } from '../use-conversation';
import { MessageList } from './message-list';
import classes from './message-pane.module.css';
import { useStickToBottom } from './use-stick-to-bottom';

interface MessagePaneProps {
  conversation: Conversation;
  botName: string;
  userId: number;
  isGroup: boolean;
  litMessageId: number | null;
  onStart: () => void;
}

export function MessagePane({ conversation, botName, userId, isGroup, litMessageId, onStart }: MessagePaneProps) {
  const t = useTexts(sandboxTexts);
  const { entries, isLoaded, loadError, reload } = conversation;
  const { scroller, content, isAtBottom, toBottom } = useStickToBottom();
  const unseen = useUnseenCount(entries.length, isAtBottom);
  const ownUnsent = entries.findLast((entry) => entry.status === 'sending')?.key;

  useEffect(() => {
    if (ownUnsent !== undefined) toBottom();
  }, [ownUnsent, toBottom]);

  const placeholder = (): ReactNode => {
    if (isLoaded) {
      return (
        <EmptyState
          className={classes.card}
          icon={<BotIcon size={30} />}
          variant="light"
          title={t.chat.empty}
          description={t.chat.emptyHint(botName)}
        >
          <EmptyState.Actions>
            <Button radius="xl" onClick={onStart}>
              {t.chat.start}
            </Button>
          </EmptyState.Actions>
        </EmptyState>
      );
    }
    if (loadError && !loadError.isTransient) {
      return (
        <EmptyState
          className={classes.card}
          icon={<WarningIcon size={30} />}
          variant="light"
          color="red"
          title={t.errors.title}
          description={loadError.message}
        >
          <EmptyState.Actions>
            <Button variant="light" onClick={reload}>
              {t.errors.retry}
            </Button>
          </EmptyState.Actions>
        </EmptyState>
      );
    }
    return <Loader type="dots" aria-label={t.chat.loading} />;
  };

  return (
    <div className={classes.pane}>
      <div ref={scroller} className={classes.scroller} tabIndex={0} role="log" aria-label={t.chat.label}>
        <div ref={content} className={classes.content}>
          {entries.length > 0 ? (
            <MessageList entries={entries} userId={userId} isGroup={isGroup} litMessageId={litMessageId} />
          ) : (
            <Center flex={1}>{placeholder()}</Center>
          )}
        </div>
      </div>
      {!isAtBottom && (
        <Indicator className={classes.down} label={unseen} disabled={unseen === 0} size={18} offset={4}>
          <ActionIcon
            variant="default"
            size={42}
            aria-label={unseen > 0 ? t.chat.newMessages(unseen) : t.chat.toBottom}
            onClick={toBottom}
          >
            <ArrowDownIcon />
          </ActionIcon>
        </Indicator>
      )}
    </div>
  );
}

/** How many messages were added since the reader left the end of the list. */
function useUnseenCount(count: number, isAtBottom: boolean): number {
  const [seen, setSeen] = useState(count);
  useEffect(() => {
    if (isAtBottom) setSeen(count);
  }, [count, isAtBottom]);
  return isAtBottom ? 0 : Math.max(0, count - seen);
}
