import { ActionIcon, Checkbox } from '@mantine/core';
import { formatSize } from '../../../shared/i18n/format';
import { useLanguage } from '../../../shared/i18n/language';
import { useTexts } from '../../../shared/i18n/texts';
import { CloseIcon, FileIcon } from '../../../shared/ui/icons';
import type { LocalFile } from '../model/conversation-reducer';
import { sandboxTexts } from '../texts';
import classes from './attachment-strip.module.css';
import type { Attachments } from './use-attachments';

export function AttachmentStrip({ attachments: { files, remove, asFiles, setAsFiles } }: { attachments: Attachments }) {
  const t = useTexts(sandboxTexts);
  const { language } = useLanguage();
  if (files.length === 0) return null;

  return (
    <div className={classes.strip}>
      <ul className={classes.files}>
        {files.map((local) => (
          <li key={local.url} className={classes.file}>
            <Preview local={local} />
            <span className={classes.words}>
              <span className={classes.name}>{local.file.name}</span>
              <span className={classes.size}>{formatSize(local.file.size, language)}</span>
            </span>
            <ActionIcon
              size={26}
              aria-label={t.composer.removeFile(local.file.name)}
              onClick={() => {
                remove(local);
              }}
            >
              <CloseIcon size={15} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      {files.some((local) => local.field !== 'document') && (
        <Checkbox
          size="xs"
          label={t.composer.asFile}
          checked={asFiles}
          onChange={(event) => {
            setAsFiles(event.currentTarget.checked);
          }}
        />
      )}
    </div>
  );
}

function Preview({ local: { field, url } }: { local: LocalFile }) {
  if (field === 'photo') return <img className={classes.preview} src={url} alt="" />;
  if (field === 'video') return <video className={classes.preview} src={url} muted preload="metadata" />;
  return (
    <span className={classes.preview}>
      <FileIcon />
    </span>
  );
}
