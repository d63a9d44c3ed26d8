import { useState } from 'react';
import { formatTimeWithSeconds } from '../../../shared/i18n/format';
import { useLanguage } from '../../../shared/i18n/language';
import { useTexts } from '../../../shared/i18n/texts';
import { ChevronIcon } from '../../../shared/ui/icons';
import type { ApiCall } from '../api';
import { toneOf } from '../model/calls';
import { sandboxTexts } from '../texts';
import classes from './call-log.module.css';
import { JsonView } from './json-view';

export function CallItem({ call }: { call: ApiCall }) {
  const t = useTexts(sandboxTexts);
  const { language } = useLanguage();
  const [isOpen, setOpen] = useState(false);

  return (
    <li className={classes.item} data-tone={toneOf(call)} data-open={isOpen}>
      <button
        type="button"
        className={classes.summary}
        aria-expanded={isOpen}
        onClick={() => {
          setOpen(!isOpen);
        }}
      >
        <span className={classes.status}>{call.status === 0 ? t.calls.cut : call.status}</span>
        <span className={classes.method}>{call.method}</span>
        <span className={classes.ms}>{t.calls.ms(Math.round(call.ms))}</span>
        <time className={classes.time} dateTime={call.at}>
          {formatTimeWithSeconds(new Date(call.at), language)}
        </time>
        <span className={classes.chevron}>
          <ChevronIcon size={16} />
        </span>
      </button>
      {isOpen && (
        <div className={classes.details}>
          {call.fault !== undefined && (
            <p className={classes.fault}>
              {t.calls.spoiled}: {call.fault}
            </p>
          )}
          <JsonView title={t.calls.params} value={call.params} />
          <JsonView title={t.calls.response} value={call.response} />
        </div>
      )}
    </li>
  );
}
