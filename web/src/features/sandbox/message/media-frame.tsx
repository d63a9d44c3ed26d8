import { Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../../../shared/i18n/texts';
import { WarningIcon } from '../../../shared/ui/icons';
import type { MediaBox } from '../model/media-box';
import { sandboxTexts } from '../texts';
import classes from './media.module.css';

interface MediaFrameProps {
  box: MediaBox;
  /** Fills a square of an album instead of keeping its own shape. */
  isTile?: boolean;
  isBusy?: boolean;
  hasFailed?: boolean;
  children: ReactNode;
}

/** Holds the place of a picture or video at its final size, so that nothing jumps when it loads. */
export function MediaFrame({ box, isTile, isBusy, hasFailed, children }: MediaFrameProps) {
  const t = useTexts(sandboxTexts);
  return (
    <div
      className={classes.frame}
      data-tile={isTile}
      style={isTile ? undefined : { width: box.width, aspectRatio: box.ratio }}
    >
      {hasFailed ? (
        <span className={classes.failed}>
          <WarningIcon size={18} />
          {t.message.fileGone}
        </span>
      ) : (
        children
      )}
      {isBusy && (
        <span className={classes.busy}>
          <Loader size={26} color="white" />
        </span>
      )}
    </div>
  );
}
