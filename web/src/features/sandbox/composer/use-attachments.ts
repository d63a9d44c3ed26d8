import { useCallback, useState } from 'react';
import type { LocalFile } from '../model/conversation-reducer';
import { fieldFor } from './field-for';
import { measure } from './measure';

export interface Attachments {
  files: readonly LocalFile[];
  add: (files: readonly File[]) => void;
  remove: (file: LocalFile) => void;
  /** Sends pictures and films as plain files, without Telegram's compression. */
  asFiles: boolean;
  setAsFiles: (asFiles: boolean) => void;
  /** Hands the files over to be sent, and forgets them. */
  take: () => LocalFile[];
}

/** Files chosen, pasted or dropped, and not sent yet. */
export function useAttachments(): Attachments {
  const [files, setFiles] = useState<readonly LocalFile[]>([]);
  const [asFiles, setAsFiles] = useState(false);

  const add = useCallback((added: readonly File[]) => {
    void Promise.all(added.map(toLocal)).then((local) => {
      setFiles((known) => [...known, ...local]);
    });
  }, []);

  return {
    files,
    add,
    remove: (file) => {
      URL.revokeObjectURL(file.url);
      setFiles((known) => known.filter((other) => other !== file));
    },
    asFiles,
    setAsFiles,
    take: () => {
      setFiles([]);
      setAsFiles(false);
      return files.map((file) => (asFiles ? { ...file, field: 'document', measures: null } : file));
    },
  };
}

async function toLocal(file: File): Promise<LocalFile> {
  const field = fieldFor(file.type);
  const url = URL.createObjectURL(file);
  return { field, file, url, measures: await measure(field, url) };
}
