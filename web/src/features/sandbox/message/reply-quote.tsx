import { useTexts } from '../../../shared/i18n/texts';
import { fullName, type TgMessage, textOf } from '../model/bot-api';
import type { SandboxTexts } from '../texts.en';
import { sandboxTexts } from '../texts';
import classes from './reply-quote.module.css';

interface ReplyQuoteProps {
  message: TgMessage;
  onClick?: () => void;
}

/** Two lines that remind of another message. */
export function ReplyQuote({ message, onClick }: ReplyQuoteProps) {
  const t = useTexts(sandboxTexts);
  const content = (
    <>
      <span className={classes.name}>{message.from ? fullName(message.from) : t.chat.deletedBot}</span>
      <span className={classes.snippet}>{snippetOf(message, t)}</span>
    </>
  );
  if (!onClick) return <div className={classes.quote}>{content}</div>;
  return (
    <button type="button" className={classes.quote} onClick={onClick}>
      {content}
    </button>
  );
}

function snippetOf(message: TgMessage, t: SandboxTexts): string {
  const kind = kindOf(message, t);
  const text = textOf(message).replaceAll(/\s+/g, ' ');
  return [kind, text].filter(Boolean).join(', ');
}

function kindOf(message: TgMessage, { message: t }: SandboxTexts): string {
  if (message.photo) return t.photo;
  if (message.video) return t.video;
  if (message.animation) return t.animation;
  if (message.video_note) return t.videoNote;
  if (message.voice) return t.voice;
  if (message.audio) return message.audio.title ?? t.audio;
  if (message.document) return message.document.file_name ?? t.document;
  if (message.sticker) return `${message.sticker.emoji ?? ''} ${t.sticker}`.trim();
  return '';
}
