import { ActionIcon, Menu } from '@mantine/core';
import { useRef } from 'react';
import { useTexts } from '../../../shared/i18n/texts';
import { FileIcon, ImageIcon, PaperclipIcon } from '../../../shared/ui/icons';
import { sandboxTexts } from '../texts';

interface AttachMenuProps {
  onMedia: (files: File[]) => void;
  onFiles: (files: File[]) => void;
}

export function AttachMenu({ onMedia, onFiles }: AttachMenuProps) {
  const t = useTexts(sandboxTexts);
  const media = useRef<HTMLInputElement>(null);
  const files = useRef<HTMLInputElement>(null);

  return (
    <>
      <Menu position="top-start">
        <Menu.Target>
          <ActionIcon aria-label={t.composer.attach}>
            <PaperclipIcon />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<ImageIcon size={18} />} onClick={() => media.current?.click()}>
            {t.composer.attachMedia}
          </Menu.Item>
          <Menu.Item leftSection={<FileIcon size={18} />} onClick={() => files.current?.click()}>
            {t.composer.attachFile}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <FilePicker ref={media} label={t.composer.attachMedia} accept="image/*,video/*" onPick={onMedia} />
      <FilePicker ref={files} label={t.composer.attachFile} onPick={onFiles} />
    </>
  );
}

interface FilePickerProps {
  ref: React.Ref<HTMLInputElement>;
  label: string;
  accept?: string;
  onPick: (files: File[]) => void;
}

function FilePicker({ ref, label, accept, onPick }: FilePickerProps) {
  return (
    <input
      ref={ref}
      type="file"
      hidden
      multiple
      accept={accept}
      aria-label={label}
      onChange={(event) => {
        onPick([...(event.currentTarget.files ?? [])]);
        // Picking the same file again is a change only when the input has forgotten it.
        event.currentTarget.value = '';
      }}
    />
  );
}
