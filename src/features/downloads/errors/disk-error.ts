import { ProviderError } from './provider-error.js';

const DISK_CODES = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EIO', 'EMFILE', 'ENFILE', 'EACCES']);

/** A failure to write that is this machine's own; null when it is none. */
export function diskError(error: unknown): ProviderError | null {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (code === undefined || !DISK_CODES.has(code)) return null;
  return new ProviderError('LOCAL_DISK', `the file cannot be written: ${code}`, { cause: error });
}
