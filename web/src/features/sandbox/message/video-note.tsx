import { useFileUrl } from '../use-file-url';
import type { TgVideoNote } from '../model/bot-api';
import classes from './media.module.css';

export function VideoNote({ note }: { note: TgVideoNote }) {
  const { url } = useFileUrl(note.file_unique_id);
  const poster = useFileUrl(note.thumbnail?.file_unique_id);
  return (
    <video
      className={classes.note}
      src={url ?? undefined}
      poster={poster.url ?? undefined}
      controls
      playsInline
      preload="metadata"
    />
  );
}
