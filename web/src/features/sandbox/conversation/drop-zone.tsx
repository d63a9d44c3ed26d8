import { type DragEvent, type ReactNode, useState } from 'react';
import { useTexts } from '../../../shared/i18n/texts';
import { ImageIcon } from '../../../shared/ui/icons';
import { sandboxTexts } from '../texts';
import classes from './drop-zone.module.css';

interface DropZoneProps {
  onFiles: (files: File[]) => void;
  children: ReactNode;
}

const hasFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files');

/** Takes files that are dragged over the conversation from outside the browser. */
export function DropZone({ onFiles, children }: DropZoneProps) {
  const t = useTexts(sandboxTexts);
  const [isOver, setOver] = useState(false);

  return (
    <div
      className={classes.zone}
      onDragEnter={(event) => {
        if (hasFiles(event)) setOver(true);
      }}
      onDragOver={(event) => {
        if (hasFiles(event)) event.preventDefault();
      }}
      onDrop={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(false);
        onFiles([...event.dataTransfer.files]);
      }}
    >
      {children}
      {isOver && (
        <div
          className={classes.veil}
          onDragLeave={() => {
            setOver(false);
          }}
        >
          <span className={classes.sign}>
            <ImageIcon size={34} />
            {t.chat.dropHere}
          </span>
        </div>
      )}
    </div>
  );
}
