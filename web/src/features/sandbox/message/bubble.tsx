import { ActionIcon } from '@mantine/core';
import { useTexts } from '../../../shared/i18n/texts';
import { Avatar } from '../../../shared/ui/avatar';
import { ReplyIcon } from '../../../shared/ui/icons';
import { entitiesOf, fullName, textOf } from '../model/bot-api';
import type { MessagesItem } from '../model/timeline';
import { sandboxTexts } from '../texts';
import { useMessageActions } from './actions-context';
import classes from './bubble.module.css';
import { InlineKeyboard } from './inline-keyboard';
import { Album, isVisual, MessageMedia } from './message-media';
import { MessageMeta } from './message-meta';
import { MessageText } from './message-text';
import { ReplyQuote } from './reply-quote';
import { UnsentActions } from './unsent-actions';

interface BubbleProps {
  item: MessagesItem;
  isOwn: boolean;
  /** Groups show who wrote; a private chat has only one other side. */
  withAuthor: boolean;
  isLit: boolean;
}

export function Bubble({ item: { entries, isFirst, isLast }, isOwn, withAuthor, isLit }: BubbleProps) {
  const t = useTexts(sandboxTexts);
  const { reply, reveal, vanished } = useMessageActions();
  const [first] = entries;
  const { message, status } = first;
  /** An album's words belong to one of its messages, usually the first. */
  const worded = entries.find((entry) => textOf(entry.message) !== '')?.message;
  const author = message.from && fullName(message.from);
  const visual = isVisual(first);
  const isWordless = visual && !worded;
  const meta = <MessageMeta entry={first} isOwn={isOwn} />;
  const keyboard = message.reply_markup?.inline_keyboard;
  const quoted = message.reply_to_message;

  return (
    <div
      className={classes.row}
      data-own={isOwn}
      data-last={isLast}
      data-leaving={entries.every((entry) => entry.isLeaving)}
      data-lit={isLit}
      data-message-id={message.message_id}
      onAnimationEnd={(event) => {
        if (event.currentTarget !== event.target) return;
        for (const entry of entries) if (entry.isLeaving) vanished(entry.message.message_id);
      }}
    >
      {withAuthor && !isOwn && (
        <div className={classes.avatar}>
          {isLast && <Avatar id={message.from?.id ?? 0} name={author ?? ''} size={32} />}
        </div>
      )}
      <div className={classes.column}>
        <article className={classes.bubble} data-visual={visual}>
          {withAuthor && !isOwn && isFirst && <div className={classes.author}>{author}</div>}
          {quoted && (
            <div className={classes.reply}>
              <ReplyQuote
                message={quoted}
                onClick={() => {
                  reveal(quoted.message_id);
                }}
              />
            </div>
          )}
          <div className={classes.media}>
            {entries.length > 1 ? <Album entries={entries} /> : <MessageMedia entry={first} />}
            {isWordless && meta}
          </div>
          {!isWordless && (
            <div className={classes.words}>
              {worded && <MessageText text={textOf(worded)} entities={entitiesOf(worded)} />}
              {meta}
            </div>
          )}
        </article>
        {keyboard && <InlineKeyboard message={message} rows={keyboard} />}
        {status === 'failed' && <UnsentActions entry={first} />}
      </div>
      {status === 'sent' && (
        <ActionIcon
          className={classes.replyButton}
          size={30}
          aria-label={t.message.reply}
          onClick={() => {
            reply(message);
          }}
        >
          <ReplyIcon size={17} />
        </ActionIcon>
      )}
    </div>
  );
}
