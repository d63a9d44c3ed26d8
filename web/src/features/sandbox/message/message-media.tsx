import { useTexts } from '../../../shared/i18n/texts';
import type { TgMessage } from '../model/bot-api';
import type { Entry } from '../model/conversation-reducer';
import { sandboxTexts } from '../texts';
import { Audio } from './audio';
import { FileCard } from './file-card';
import { LocalMedia } from './local-media';
import classes from './media.module.css';
import { Photo } from './photo';
import { Video } from './video';
import { VideoNote } from './video-note';

/** Pictures and films fill the bubble from edge to edge; the other kinds sit inside its padding. */
export const isVisual = ({ message, draft }: Entry): boolean =>
  Boolean(message.photo ?? message.video ?? message.animation) ||
  draft?.file?.field === 'photo' ||
  draft?.file?.field === 'video';

/** Whatever of a message is not text. Nothing for a text message. */
export function MessageMedia({ entry, isTile }: { entry: Entry; isTile?: boolean }) {
  const t = useTexts(sandboxTexts);
  const { message, draft, status } = entry;
  if (draft?.file) return <LocalMedia local={draft.file} isSending={status === 'sending'} />;
  if (message.photo) return <Photo sizes={message.photo} isTile={isTile} />;
  if (message.video) return <Video video={message.video} isTile={isTile} />;
  if (message.animation) return <Video video={message.animation} isAnimation isTile={isTile} />;
  if (message.video_note) return <VideoNote note={message.video_note} />;
  if (message.voice) return <Audio audio={message.voice} fallbackTitle={t.message.voice} />;
  if (message.audio) return <Audio audio={message.audio} fallbackTitle={t.message.audio} />;
  if (message.document) return <FileCard document={message.document} />;
  if (message.sticker) return <Photo sizes={[message.sticker]} />;
  if (message.invoice) return <Invoice message={message} />;
  return message.text === undefined ? <em>{t.message.unsupported}</em> : null;
}

export function Album({ entries }: { entries: readonly Entry[] }) {
  return (
    <div className={classes.album}>
      {entries.map((entry) => (
        <MessageMedia key={entry.key} entry={entry} isTile={isVisual(entry)} />
      ))}
    </div>
  );
}

function Invoice({ message: { invoice } }: { message: TgMessage }) {
  const t = useTexts(sandboxTexts);
  if (!invoice) return null;
  const amount =
    invoice.currency === 'XTR'
      ? `${invoice.total_amount} ⭐`
      : `${(invoice.total_amount / 100).toFixed(2)} ${invoice.currency}`;
  return (
    <div>
      <strong>{invoice.title}</strong>
      <div>{invoice.description}</div>
      <small>
        {t.message.invoice}: {amount}
      </small>
    </div>
  );
}
