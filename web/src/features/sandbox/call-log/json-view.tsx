import { useMemo } from 'react';
import { useTexts } from '../../../shared/i18n/texts';
import { CheckIcon, CopyIcon } from '../../../shared/ui/icons';
import { useCopy } from '../../../shared/ui/use-copy';
import { tokenizeJson } from '../model/json-tokens';
import { sandboxTexts } from '../texts';
import classes from './json-view.module.css';

export function JsonView({ title, value }: { title: string; value: unknown }) {
  const t = useTexts(sandboxTexts);
  const { canCopy, copied, copy } = useCopy();
  const json = useMemo(() => JSON.stringify(value ?? null, null, 2), [value]);

  return (
    <figure className={classes.view}>
      <figcaption className={classes.head}>
        {title}
        {canCopy && (
          <button
            type="button"
            className={classes.copy}
            aria-label={`${t.calls.copy}: ${title}`}
            onClick={() => {
              copy(json);
            }}
          >
            {copied ? <CheckIcon size={14} /> : <CopyIcon size={14} />}
            {copied ? t.calls.copied : t.calls.copy}
          </button>
        )}
      </figcaption>
      <pre className={classes.json} tabIndex={0}>
        {tokenizeJson(json).map(({ kind, text }, index) =>
          kind === 'plain' ? (
            text
          ) : (
            <span key={index} data-kind={kind}>
              {text}
            </span>
          ),
        )}
      </pre>
    </figure>
  );
}
