import { formatDateTime, formatTime } from '../../../shared/i18n/format';
import { useLanguage } from '../../../shared/i18n/language';
import { useTexts } from '../../../shared/i18n/texts';
import { CheckIcon, ClockIcon, WarningIcon } from '../../../shared/ui/icons';
import type { Entry } from '../model/conversation-reducer';
import { sandboxTexts } from '../texts';
import classes from './bubble.module.css';

/** The small print of a bubble: edited, time, and for own messages whether they are sent. */
export function MessageMeta({ entry: { message, status }, isOwn }: { entry: Entry; isOwn: boolean }) {
  const t = useTexts(sandboxTexts);
  const { language } = useLanguage();
  const date = new Date(message.date * 1000);
  return (
    <span className={classes.meta}>
      {message.edit_date !== undefined && <span>{t.message.edited}</span>}
      <time dateTime={date.toISOString()} title={formatDateTime(date, language)}>
        {formatTime(date, language)}
      </time>
      {isOwn && status === 'sent' && <CheckIcon size={14} />}
      {status === 'sending' && (
        <span role="img" aria-label={t.message.sending}>
          <ClockIcon size={13} />
        </span>
      )}
      {status === 'failed' && (
        <span role="img" aria-label={t.message.failed} className={classes.failed}>
          <WarningIcon size={14} />
        </span>
      )}
    </span>
  );
}
