import type { LocalFile } from '../model/conversation-reducer';
import { fitMedia } from '../model/media-box';
import { MediaFrame } from './media-frame';
import cardClasses from './file-card.module.css';
import { FileRow } from './file-card';
import classes from './media.module.css';

/** A file that is being sent, shown from this page's memory. */
export function LocalMedia({ local, isSending }: { local: LocalFile; isSending: boolean }) {
  if (local.field === 'document') {
    return (
      <div className={cardClasses.card}>
        <FileRow name={local.file.name} size={local.file.size} isBusy={isSending} />
      </div>
    );
  }
  return (
    <MediaFrame box={fitMedia(local.measures?.width, local.measures?.height)} isBusy={isSending}>
      {local.field === 'photo' ? (
        <img className={classes.fill} src={local.url} alt={local.file.name} />
      ) : (
        <video className={classes.fill} src={local.url} muted preload="metadata" />
      )}
    </MediaFrame>
  );
}
