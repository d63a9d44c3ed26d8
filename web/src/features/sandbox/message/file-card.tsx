import { Loader } from '@mantine/core';
import { formatSize } from '../../../shared/i18n/format';
import { useLanguage } from '../../../shared/i18n/language';
import { useTexts } from '../../../shared/i18n/texts';
import { FileIcon } from '../../../shared/ui/icons';
import type { TgDocument } from '../model/bot-api';
import { sandboxTexts } from '../texts';
import { useFileUrl } from '../use-file-url';
import classes from './file-card.module.css';

interface FileRowProps {
  name: string;
  /** Bytes. */
  size?: number;
  isBusy?: boolean;
}

/** Icon, name and size of a file, wherever it is. */
export function FileRow({ name, size, isBusy }: FileRowProps) {
  const { language } = useLanguage();
  return (
    <>
      <span className={classes.icon}>{isBusy ? <Loader size={20} color="white" /> : <FileIcon size={22} />}</span>
      <span className={classes.words}>
        <span className={classes.name}>{name}</span>
        {size !== undefined && <span className={classes.size}>{formatSize(size, language)}</span>}
      </span>
    </>
  );
}

export function FileCard({ document }: { document: TgDocument }) {
  const t = useTexts(sandboxTexts);
  const { url } = useFileUrl(document.file_unique_id);
  const name = document.file_name ?? t.message.document;
  return (
    <a className={classes.card} href={url ?? undefined} download={name} aria-label={`${t.message.download}: ${name}`}>
      <FileRow name={name} size={document.file_size} isBusy={url === null} />
    </a>
  );
}
