import { useRef, useState } from 'react';
import { formatDuration } from '../../../shared/i18n/format';
import { useTexts } from '../../../shared/i18n/texts';
import { useSession } from '../../../shared/http/session';
import type { TgVideo } from '../model/bot-api';
import { fitMedia } from '../model/media-box';
import { sandboxTexts } from '../texts';
import { useFileUrl } from '../use-file-url';
import { MediaFrame } from './media-frame';
import classes from './media.module.css';

interface VideoProps {
  video: TgVideo;
  /** Plays by itself, silently and for ever, as Telegram's GIFs do. */
  isAnimation?: boolean;
  isTile?: boolean;
}

export function Video({ video, isAnimation, isTile }: VideoProps) {
  const t = useTexts(sandboxTexts);
  const player = useRef<HTMLVideoElement>(null);
  const [hasStarted, setStarted] = useState(false);
  const [isBroken, setBroken] = useState(false);
  /** After signing in a file comes whole or not at all, so it is fetched only when somebody wants to see it. */
  const isStreamed = useSession().token === null;
  const isWanted = isStreamed || hasStarted || isAnimation === true;
  const file = useFileUrl(video.file_unique_id, isWanted);
  const poster = useFileUrl(video.thumbnail?.file_unique_id);

  const start = (): void => {
    setStarted(true);
    player.current?.play().catch(() => {
      // A blob is still loading (autoPlay starts it later), or the file is broken (onError shows it).
    });
  };

  return (
    <MediaFrame
      box={fitMedia(video.width, video.height)}
      isTile={isTile}
      hasFailed={file.hasFailed || isBroken}
      isBusy={isWanted && file.url === null}
    >
      <video
        ref={player}
        className={classes.fill}
        src={file.url ?? undefined}
        poster={poster.url ?? undefined}
        width={video.width}
        height={video.height}
        // Before, our button and the browser's own would lie above one another.
        controls={hasStarted && !isAnimation}
        playsInline
        // Browsers open few connections to one server, and a chat may hold many films.
        preload={poster.url === null ? 'metadata' : 'none'}
        autoPlay={isAnimation === true || (hasStarted && !isStreamed)}
        loop={isAnimation}
        muted={isAnimation}
        aria-label={video.file_name ?? (isAnimation ? t.message.animation : t.message.video)}
        onPlay={() => {
          setStarted(true);
        }}
        onError={() => {
          setBroken(file.url !== null);
        }}
      />
      {!hasStarted && !isAnimation && (
        <>
          <button type="button" className={classes.play} aria-label={t.message.playVideo} onClick={start}>
            <svg width="22" height="22" viewBox="0 0 24 24" fill="currentColor" aria-hidden>
              <path d="M8 5.5v13a.8.8 0 0 0 1.2.7l10.6-6.5a.8.8 0 0 0 0-1.4L9.2 4.8A.8.8 0 0 0 8 5.5z" />
            </svg>
          </button>
          {video.duration !== undefined && <span className={classes.badge}>{formatDuration(video.duration)}</span>}
        </>
      )}
      {isAnimation && <span className={classes.badge}>{t.message.animation}</span>}
    </MediaFrame>
  );
}
