import { ActionIcon } from '@mantine/core';
import { useTexts } from '../../../shared/i18n/texts';
import { CloseIcon, ReplyIcon } from '../../../shared/ui/icons';
import { ReplyQuote } from '../message/reply-quote';
import type { TgMessage } from '../model/bot-api';
import { sandboxTexts } from '../texts';
import classes from './composer.module.css';

export function ReplyBar({ message, onCancel }: { message: TgMessage; onCancel: () => void }) {
  const t = useTexts(sandboxTexts);
  return (
    <div className={classes.reply}>
      <ReplyIcon />
      <ReplyQuote message={message} />
      <ActionIcon size={30} aria-label={t.composer.cancelReply} onClick={onCancel}>
        <CloseIcon size={17} />
      </ActionIcon>
    </div>
  );
}
