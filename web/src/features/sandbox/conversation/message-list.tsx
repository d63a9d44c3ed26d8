import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { formatDay } from '../../../shared/i18n/format';
import { useLanguage } from '../../../shared/i18n/language';
import { useTexts } from '../../../shared/i18n/texts';
import { Bubble } from '../message/bubble';
import { serviceText } from '../message/service-text';
import type { Entry } from '../model/conversation-reducer';
import { type MessagesItem, toTimeline } from '../model/timeline';
import { sandboxTexts } from '../texts';
import classes from './message-list.module.css';

interface MessageListProps {
  entries: readonly Entry[];
  userId: number;
  isGroup: boolean;
  litMessageId: number | null;
}

/** Bubbles drawn at first, and more with every wish for earlier ones. */
const PAGE = 150;

export function MessageList({ entries, userId, isGroup, litMessageId }: MessageListProps) {
  const t = useTexts(sandboxTexts);
  const { language } = useLanguage();
  const [shown, setShown] = useState(PAGE);
  const timeline = useMemo(() => toTimeline(entries.slice(-shown)), [entries, shown]);
  const today = new Date();

  return (
    <>
      {entries.length > shown && (
        <Button
          className={classes.earlier}
          size="xs"
          variant="white"
          radius="xl"
          onClick={() => {
            setShown(shown + PAGE);
          }}
        >
          {t.chat.earlier}
        </Button>
      )}
      {timeline.map((item) =>
        item.kind === 'day' ? (
          <div key={item.key} className={classes.day}>
            <time className={classes.pill}>{formatDay(item.date, today, language)}</time>
          </div>
        ) : (
          <Line key={item.key} item={item} userId={userId} isGroup={isGroup} litMessageId={litMessageId} />
        ),
      )}
    </>
  );
}

type LineProps = Omit<MessageListProps, 'entries'> & { item: MessagesItem };

function Line({ item, userId, isGroup, litMessageId }: LineProps) {
  const t = useTexts(sandboxTexts);
  const { message } = item.entries[0];
  const service = serviceText(message, t);
  if (service !== null)
    return (
      <p className={classes.service}>
        <span className={classes.pill}>{service}</span>
      </p>
    );
  return (
    <Bubble
      item={item}
      isOwn={message.from?.id === userId}
      withAuthor={isGroup}
      isLit={litMessageId !== null && item.entries.some((entry) => entry.message.message_id === litMessageId)}
    />
  );
}
