import { useFileUrl } from '../use-file-url';
import type { TgAudio } from '../model/bot-api';
import classes from './media.module.css';

export function Audio({ audio, fallbackTitle }: { audio: TgAudio; fallbackTitle: string }) {
  const { url } = useFileUrl(audio.file_unique_id);
  const title = [audio.performer, audio.title ?? audio.file_name ?? fallbackTitle].filter(Boolean).join(' – ');
  return (
    <div className={classes.audio}>
      <strong className={classes.audioTitle}>{title}</strong>
      <audio controls preload="metadata" src={url ?? undefined} aria-label={title} />
    </div>
  );
}
