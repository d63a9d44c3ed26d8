import { useTexts } from '../../../shared/i18n/texts';
import type { KeyboardButton, ReplyMarkup } from '../model/bot-api';
import { sandboxTexts } from '../texts';
import classes from './reply-keyboard.module.css';

interface ReplyKeyboardProps {
  rows: NonNullable<ReplyMarkup['keyboard']>;
  onPress: (text: string) => void;
}

/** Buttons that ask Telegram's app for something else than their text; the sandbox has nothing to give. */
const asksForMore = (button: KeyboardButton): boolean =>
  Boolean(
    button.request_contact ??
    button.request_location ??
    button.request_users ??
    button.request_chat ??
    button.request_poll ??
    button.web_app,
  );

export function ReplyKeyboard({ rows, onPress }: ReplyKeyboardProps) {
  const t = useTexts(sandboxTexts);
  return (
    <div className={classes.keyboard} role="group" aria-label={t.composer.keyboard}>
      {rows.map((row, rowIndex) => (
        <div key={rowIndex} className={classes.row}>
          {row.map((key, index) => {
            const button = typeof key === 'string' ? { text: key } : key;
            const isDead = asksForMore(button);
            return (
              <button
                key={index}
                type="button"
                className={classes.key}
                data-style={button.style}
                disabled={isDead}
                title={isDead ? t.button.notHere : undefined}
                onClick={() => {
                  onPress(button.text);
                }}
              >
                {button.text}
              </button>
            );
          })}
        </div>
      ))}
    </div>
  );
}
