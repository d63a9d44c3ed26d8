import { useEffect, useState } from 'react';
import { request } from '../../shared/http/http';
import { useSession } from '../../shared/http/session';
import { fileUrl } from './api';

interface FileSource {
  /** Null while it is on its way. */
  url: string | null;
  hasFailed: boolean;
}

/**
 * Address of a file of the sandbox for an element's `src`. Elements send no token, so that after signing in
 * the file is fetched whole and given as a blob.
 * @param isWanted false puts the fetching off, for big files that may never be played
 */
export function useFileUrl(fileUniqueId: string | undefined, isWanted = true): FileSource {
  const needsToken = useSession().token !== null;
  const [blobUrl, setBlobUrl] = useState<string | null>(null);
  const [hasFailed, setFailed] = useState(false);

  useEffect(() => {
    if (!needsToken || !isWanted || fileUniqueId === undefined) return;
    const controller = new AbortController();
    let made: string | null = null;
    fetchBlob(fileUniqueId, controller.signal).then(
      (blob) => {
        made = URL.createObjectURL(blob);
        setBlobUrl(made);
      },
      () => {
        if (!controller.signal.aborted) setFailed(true);
      },
    );
    return () => {
      controller.abort();
      if (made !== null) URL.revokeObjectURL(made);
      setBlobUrl(null);
    };
  }, [fileUniqueId, isWanted, needsToken]);

  if (fileUniqueId === undefined) return { url: null, hasFailed };
  return { url: needsToken ? blobUrl : fileUrl(fileUniqueId), hasFailed };
}

async function fetchBlob(fileUniqueId: string, signal: AbortSignal): Promise<Blob> {
  const response = await request(fileUrl(fileUniqueId), { accept: '*/*', signal });
  return await response.blob();
}
