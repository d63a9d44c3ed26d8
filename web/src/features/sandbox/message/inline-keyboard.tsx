import { Loader } from '@mantine/core';
import { CopyIcon, ExternalIcon } from '../../../shared/ui/icons';
import type { InlineButton, TgMessage } from '../model/bot-api';
import { safeUrl } from '../model/entities';
import { useMessageActions } from './actions-context';
import classes from './inline-keyboard.module.css';

export function InlineKeyboard({ message, rows }: { message: TgMessage; rows: InlineButton[][] }) {
  return (
    <div className={classes.keyboard}>
      {rows.map((row, rowIndex) => (
        <div key={rowIndex} className={classes.row}>
          {row.map((button, index) => (
            <Button key={index} message={message} button={button} />
          ))}
        </div>
      ))}
    </div>
  );
}

const linkOf = (button: InlineButton): string | null => {
  const address = button.url ?? button.web_app?.url ?? button.login_url?.url;
  return address === undefined ? null : safeUrl(address);
};

function Button({ message, button }: { message: TgMessage; button: InlineButton }) {
  const { press, isPressing } = useMessageActions();
  const href = linkOf(button);
  if (href !== null) {
    return (
      <a className={classes.button} data-style={button.style} href={href} target="_blank" rel="noreferrer noopener">
        <span className={classes.label}>{button.text}</span>
        <span className={classes.corner}>
          <ExternalIcon size={12} />
        </span>
      </a>
    );
  }
  const isBusy = isPressing(message, button);
  return (
    <button
      type="button"
      className={classes.button}
      data-style={button.style}
      aria-busy={isBusy}
      onClick={() => {
        press(message, button);
      }}
    >
      <span className={classes.label}>{button.text}</span>
      {button.copy_text && (
        <span className={classes.corner}>
          <CopyIcon size={12} />
        </span>
      )}
      {isBusy && (
        <span className={classes.corner}>
          <Loader size={12} color="currentColor" />
        </span>
      )}
    </button>
  );
}
